package dev.gatehouse.console.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.AdminAtWork;
import org.junit.jupiter.api.Test;

class RevisionsViewTest extends AdminAtWork {

    @Test
    void showsEachValueBeforeAndAfter() {
        publish(users("http://10.0.0.7:9101"));
        publish(users("http://10.0.0.8:9101"));

        open("revisions/2", RevisionsView.class);

        assertThat(shows(panel(), "bob")).isTrue();
        assertThat(shows(panel(), "bob's reason")).isTrue();
        assertThat(shows(panel(), "changed")).isTrue();
        assertThat(shows(panel(), "−http://10.0.0.7:9101")).isTrue();
        assertThat(shows(panel(), "+http://10.0.0.8:9101")).isTrue();
    }

    @Test
    void reachesAsFarBackAsTheAddressAsks() {
        for (int i = 0; i < 105; i++) {
            publish(users("http://10.0.0.7:" + (9_000 + i)));
        }

        open("revisions/2", RevisionsView.class);

        eventually(() -> shows(panel(), "+http://10.0.0.7:9001"));
    }

    @Test
    void saysWhenThereIsNoSuchRevision() {
        publish(users());

        open("revisions/7", RevisionsView.class);

        assertThat(shows(panel(), "There is no revision 7.")).isTrue();
    }
}
