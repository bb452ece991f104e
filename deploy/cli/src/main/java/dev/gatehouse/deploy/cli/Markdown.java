package dev.gatehouse.deploy.cli;

/** Text in Markdown. */
final class Markdown {

    private Markdown() {}

    /** Escapes what would be markup in a cell of a table: paths end in stars. */
    static String text(String plain) {
        return plain.replaceAll("([\\\\*_<|`\\[])", "\\\\$1");
    }

    static String described(String label, String help) {
        return "**" + text(label) + ".** " + text(help);
    }

    static String code(Object written) {
        return "`" + written + "`";
    }
}
