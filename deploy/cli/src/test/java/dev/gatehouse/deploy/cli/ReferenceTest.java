package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.document.Document;
import dev.gatehouse.db.document.Yaml;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.settings.Definition;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private final Shell nowhere = new Shell(Map.of());

    @Test
    void theCommittedPageIsWhatTheDefinitionsSay() {
        assertThat(Path.of("../../db/REFERENCE.md"))
                .as("db/REFERENCE.md is stale; renew it with: deploy/gatehouse reference > db/REFERENCE.md")
                .hasContent(nowhere.run("reference").out());
    }

    @Test
    void namesEverySettingPolicyRefusalAndVariable() {
        var page = nowhere.run("reference").out();
        assertThat(page)
                .contains(
                        "`routes.NAME`",
                        "| `match.path` | ",
                        "| `targets[].url` | ",
                        "## rate-limit",
                        "| `rate-limited` | 429 | ");
        assertThat(Arrays.stream(Variable.values()).map(variable -> "| `" + variable + "` | "))
                .allSatisfy(row -> assertThat(page).contains(row));
    }

    @Test
    void itsExampleIsAGoodFile() {
        var page = nowhere.run("reference").out();
        var example = page.substring(page.indexOf("```yaml") + 8, page.indexOf("```\n\n"));
        assertThat(Yaml.read(example).problems()).isEmpty();
    }

    @Test
    void explainsOneTopicAndListsThemInItsHelp() {
        var topics = Definition.of(Document.class).fields().stream()
                .map(Definition.Field::name)
                .toList();
        assertThat(nowhere.run("reference", "--help").out().replaceAll("\\s+", " "))
                .contains(String.join(", ", topics) + ", ")
                .contains(", cors, fault, ", ", rate-limit, ")
                .contains(", refusals, environment.");
        assertThat(nowhere.run("reference", "rate-limit").out())
                .startsWith("## rate-limit")
                .doesNotContain("## routes");
        var ran = nowhere.run("reference", "rates");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("There is no topic 'rates'. Topics: services, ");
    }
}
