package dev.gatehouse.node.identity;

import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.routing.AddressBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** What a key may be used for, ready to be asked for each request. Keys of equal terms share one. */
public final class Grant {

    private final KeyTerms terms;
    private final Set<String> routes;
    private final Set<String> scopes;
    private final List<AddressBlock> addresses;

    public Grant(KeyTerms terms) {
        this.terms = terms;
        routes = Set.copyOf(terms.routes());
        scopes = Set.copyOf(terms.scopes());
        addresses = terms.addresses().stream().map(AddressBlock::of).toList();
    }

    KeyTerms terms() {
        return terms;
    }

    /** Such as {@code live}; stands in the key itself. */
    public String environment() {
        return terms.environment();
    }

    /** What it grants on routes that ask for scopes. */
    public Set<String> scopes() {
        return scopes;
    }

    /** May it be used on that route? */
    public boolean opens(String route) {
        return !terms.restricted() || routes.contains(route);
    }

    /** May it be used from there? */
    public boolean admits(InetAddress address) {
        if (addresses.isEmpty()) {
            return true;
        }
        for (var block : addresses) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grant grant && terms.equals(grant.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms.toString();
    }
}
