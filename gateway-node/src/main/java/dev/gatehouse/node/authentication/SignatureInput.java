package dev.gatehouse.node.authentication;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One signature of a request: {@code Signature-Input} and {@code Signature} of RFC 9421, 4. Components with parameters of
 * their own are not taken.
 *
 * @param covered names of what is signed, in their order
 * @param parameters of the signature, texts without their quotes
 * @param written the member as it was written: what stands in the last line of what is signed
 */
record SignatureInput(List<String> covered, Map<String, String> parameters, String written, String base64) {

    private static final int LONGEST = 8 << 10;
    private static final Pattern MEMBER = Pattern.compile(
            "([a-z*][a-z0-9_.*-]{0,63})=(\\(((?:\"[a-z0-9@!#$%&'*+.^_`|~-]+\"(?: |(?=\\))))*)\\)((?:;[a-z*][a-z0-9_.*-]*=(?:\"[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*\"|-?[0-9]{1,15}))*))");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern PARAMETER = Pattern.compile(";([a-z*][a-z0-9_.*-]*)=(?:\"([^\"]*)\"|(-?[0-9]{1,15}))");
    private static final Pattern SIGNATURE = Pattern.compile("([a-z*][a-z0-9_.*-]{0,63})=:([A-Za-z0-9+/]*={0,2}):");

    /** The only signature there is; empty when there are several, or it is malformed. */
    static Optional<SignatureInput> read(String input, String signature) {
        if (input.length() > LONGEST || signature.length() > LONGEST) {
            return Optional.empty();
        }
        var member = MEMBER.matcher(input.strip());
        var value = SIGNATURE.matcher(signature.strip());
        if (!member.matches() || !value.matches() || !member.group(1).equals(value.group(1))) {
            return Optional.empty();
        }
        var covered = new ArrayList<String>();
        var names = NAME.matcher(member.group(3));
        while (names.find()) {
            covered.add(names.group(1));
        }
        var parameters = new HashMap<String, String>();
        var all = PARAMETER.matcher(member.group(4));
        while (all.find()) {
            if (parameters.put(all.group(1), all.group(2) == null ? all.group(3) : all.group(2)) != null) {
                return Optional.empty();
            }
        }
        if (covered.stream().distinct().count() < covered.size()) {
            return Optional.empty();
        }
        return Optional.of(
                new SignatureInput(List.copyOf(covered), Map.copyOf(parameters), member.group(2), value.group(2)));
    }

    /** Its octets; none when it is no base64. */
    byte[] signature() {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    String text(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    /** Seconds since 1970; empty when it is not there or no number. */
    Optional<Long> moment(String parameter) {
        try {
            return Optional.of(Long.valueOf(text(parameter)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
