package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTreeTest {

    private final PathTree<String> tree = new PathTree<>();

    PathTreeTest() {
        add("/", false);
        add("", true);
        add("/a", false);
        add("/a", true);
        add("/a/b", false);
        add("/a/b/", false);
        add("/a/b/c", true);
        add("/caf%C3%A9", false);
    }

    private void add(String path, boolean open) {
        tree.add(path, open, path + (open ? "/**" : ""));
    }

    @ParameterizedTest
    @CsvSource({
        "/,           / /**",
        "/x,          /**",
        "/a,          /a /a/** /**",
        "/a/,         /a/** /**",
        "/a/b,        /a/b /a/** /**",
        "/a/b/,       /a/b/ /a/** /**",
        "/a/b/c,      /a/b/c/** /a/** /**",
        "/a/b/c/d/e,  /a/b/c/** /a/** /**",
        "/a/b/cd,     /a/** /**",
        "/ab,         /**",
        "/A,          /**",
        "/caf%C3%A9,  /caf%C3%A9 /**",
        "/a%2Fb,      /**",
        "*,           /**",
    })
    void findsTheMostSpecificFirst(String path, String found) {
        assertThat(tree.find(path)).containsExactly(found.split(" ", -1));
    }

    @Test
    void findsNothingWhereNothingIsFiled() {
        var empty = new PathTree<String>();
        empty.add("/", false, "root");

        assertThat(empty.find("/x")).isEmpty();
        assertThat(empty.find("*")).isEmpty();
    }

    @Test
    void findsAllThatIsFiledUnderOnePath() {
        tree.add("/a", true, "another");

        assertThat(tree.find("/a/x")).containsExactly("/a/**", "another", "/**");
    }

    @Test
    void isNotDeeperThanWhatIsFiled() {
        assertThat(tree.find("/x".repeat(4_000))).containsExactly("/**");
    }
}
