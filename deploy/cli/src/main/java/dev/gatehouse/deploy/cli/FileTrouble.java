package dev.gatehouse.deploy.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used; the JDK's own messages are often the path alone. */
final class FileTrouble {

    private FileTrouble() {}

    static Refused refused(String file, String what, Exception failure) {
        var reason = switch (failure) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(failure.getMessage());
        };
        return new Refused("'" + file + "' cannot be " + what + ": " + reason + ".");
    }
}
