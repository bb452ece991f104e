package dev.gatehouse.deploy.demo.http;

/** A refusal on its way to the one place that renders it as {@code application/problem+json} (RFC 9457). */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    public RefusedException(int status, String detail) {
        this(detail, Answer.problem(status, detail));
    }

    private RefusedException(String detail, Answer answer) {
        super(detail, null, false, false);
        this.answer = answer;
    }

    /** 405 with the {@code Allow} that RFC 9110 demands. */
    public static RefusedException notAllowed(String allow) {
        var detail = "Allowed here: " + allow + ".";
        return new RefusedException(detail, Answer.problem(405, detail).with("Allow", allow));
    }

    Answer answer() {
        return answer;
    }
}
