package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeStateTest {

    @Test
    void lacksNothingWhereAllIsWell() {
        assertThat(NodeState.lacks("""
                        {"state":"ready","revision":3,"checks":[{"name":"redis","ok":true,"detail":""},\
                        {"name":"problem","ok":false,"detail":"A certificate expires soon."}]}""")).isEmpty();
    }

    @Test
    void namesWhatANodeRunsWithout() {
        assertThat(NodeState.lacks("""
                        {"state":"ready","revision":3,"checks":[{"name":"postgres","ok":true,"detail":""},\
                        {"name":"redis","ok":false,"detail":"Redis has not answered."}]}""")).isEqualTo("ready, redis (Redis has not answered.)");
    }

    @Test
    void isNotReadyBeforeItSaysSo() {
        assertThat(NodeState.lacks("""
                        {"state":"starting","revision":0,"checks":[]}""")).isEqualTo("starting, ");
        assertThat(NodeState.lacks("not yet")).isEqualTo("it says not yet");
    }
}
