package clinicops.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The administrator's first sign-in, as {@code ./clinic up} leaves it in a file. */
public record SignIn(URI url, String username, String password) {

    /** @param url overrides the file's */
    public static SignIn read(Path file, @Nullable String url) {
        try {
            JsonNode json = FrontDoor.JSON.readTree(Files.readString(file));
            return new SignIn(
                    URI.create(url == null ? json.path("url").asString() : url),
                    json.path("username").asString(),
                    json.path("password").asString());
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + file
                    + ": start the clinic with ./clinic up, or name its file with --sign-in FILE");
        }
    }

    public FrontDoor open() {
        return FrontDoor.signIn(url, username, password);
    }
}
