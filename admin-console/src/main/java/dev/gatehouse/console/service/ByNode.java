package dev.gatehouse.console.service;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.UnorderedList;
import dev.gatehouse.console.listing.Cells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table with a column for each node, and beneath it why what a node says is not as it should be. */
final class ByNode {

    /** What one node says; why is empty where all is well. */
    interface Told {

        String node();

        String why();
    }

    private ByNode() {}

    /** @param first over the column of what it is about */
    static NativeTable table(String label, String first, List<String> nodes) {
        var table = new NativeTable();
        table.addClassName("table");
        table.getElement().setAttribute("aria-label", label);
        var head = new NativeTableRow(new NativeTableHeaderCell(first));
        nodes.forEach(node -> head.add(new NativeTableHeaderCell(node)));
        table.getHead().add(head);
        return table;
    }

    static NativeTableCell cell(String node) {
        var cell = new NativeTableCell();
        // where there is no room for columns
        cell.getElement().setAttribute("data-node", node);
        return cell;
    }

    static Div around(NativeTable table) {
        var around = new Div(table);
        around.addClassName("targets-table");
        return around;
    }

    static UnorderedList reasons() {
        var reasons = new UnorderedList();
        reasons.addClassName("targets-reasons");
        return reasons;
    }

    /** Those that say the same, which they say together; by what they say. */
    static <T extends Told> Map<String, List<T>> together(List<T> cells) {
        var told = new LinkedHashMap<String, List<T>>();
        for (var cell : cells) {
            if (!cell.why().isEmpty()) {
                told.computeIfAbsent(cell.why(), _ -> new ArrayList<>()).add(cell);
            }
        }
        return told;
    }

    /**
     * @param cells those that say so
     * @param nodes how many there are
     * @param why and since when, perhaps
     */
    static ListItem reason(Component what, List<? extends Told> cells, int nodes, String why) {
        var where = cells.size() == nodes && nodes > 1
                ? "all nodes"
                : cells.stream().map(Told::node).collect(Collectors.joining(", "));
        return new ListItem(what, Cells.secondary(" on " + where + ": " + why));
    }
}
