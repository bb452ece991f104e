package dev.gatehouse.console.listing;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import java.util.Optional;

/** Draws an {@link Answer}; nothing while there is none. */
final class AnswerBox extends Div {

    private Optional<Answer> drawn = Optional.empty();

    AnswerBox() {
        addClassName("answer");
        getElement().setAttribute("role", "status");
        setVisible(false);
    }

    void show(Optional<Answer> answer, String path) {
        setVisible(answer.isPresent());
        if (answer.equals(drawn)) {
            return;
        }
        drawn = answer;
        removeAll();
        answer.ifPresent(told -> {
            told.parts().forEach(part -> add(part(part, path)));
            if (!told.under().isEmpty()) {
                add(Cells.secondary(told.under()));
            }
        });
    }

    private static Div part(Answer.Part part, String path) {
        var head = new Div(Cells.state(part.level(), part.word()), new Span(part.sentence()));
        head.addClassName("answer-head");
        var steps = new OrderedList();
        part.steps()
                .forEach(step -> steps.add(new ListItem(
                        Cells.link(Address.to(path, step.name()), step.name()), Cells.secondary(step.reason()))));
        steps.setVisible(!part.steps().isEmpty());
        return new Div(head, steps);
    }
}
