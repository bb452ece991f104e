package dev.gatehouse.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The text of a file that was named on the command line.
 *
 * @param name as a message names it
 */
record Input(String name, String text) {

    static final String STANDARD = "-";

    static Input read(String file, InputStream in) {
        try {
            return file.equals(STANDARD)
                    ? new Input("<stdin>", decode(in.readAllBytes()))
                    : new Input(file, decode(Files.readAllBytes(Path.of(file))));
        } catch (CharacterCodingException e) {
            throw new Refused("'" + file + "' is not UTF-8 text.");
        } catch (IOException | InvalidPathException e) {
            throw FileTrouble.refused(file, "read", e);
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
