package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;

/** One way in which a request may name a version of an API. */
public sealed interface VersionNaming {

    /** {@code /v2/users}. */
    @Named(
            value = "path",
            label = "Path segment",
            help =
                    "A segment of the path, such as the first of /v2/users. One that is no version and does not look like one (but for its digits) names none.")
    @Shorthand("segment")
    record InPath(
            @Setting(
                    label = "Segment",
                    help = "Which segment of the path, counted from 1.",
                    fallback = "1",
                    min = "1",
                    max = "20")
            int segment)
            implements VersionNaming {}

    /** {@code X-Api-Version: v2}. */
    @Named(value = "header", label = "Header", help = "The value of a header.")
    @Shorthand("name")
    record InHeader(
            @Setting(label = "Name", help = "Such as X-Api-Version.", format = Format.HEADER_NAME)
            String name) implements VersionNaming {}

    /** {@code Accept: application/vnd.example.v2+json}. */
    @Named(
            value = "media-type",
            label = "Media type",
            help =
                    "A media type in Accept, such as application/vnd.example.v2+json. Of several versions the most wanted one that exists counts.")
    @Shorthand("vendor")
    record InMediaType(
            @Setting(
                    label = "Vendor",
                    help = "What stands between vnd. and the version, such as example.users.",
                    max = "100",
                    format = Format.VENDOR)
            String vendor)
            implements VersionNaming {}

    /** {@code ?version=v2}. */
    @Named(value = "query", label = "Query parameter", help = "The value of a query parameter; of several the first.")
    @Shorthand("name")
    record InQuery(
            @Setting(label = "Name", help = "Such as version.", format = Format.FIELD_NAME)
            String name) implements VersionNaming {}
}
