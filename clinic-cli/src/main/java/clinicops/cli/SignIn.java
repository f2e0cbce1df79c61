package clinicops.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The administrator's first sign-in, as {@code ./clinic up} leaves it in a file.
 *
 * @param urls of the front door; several when several copies of it are published
 */
public record SignIn(List<URI> urls, String username, String password) {
    public SignIn {
        urls = List.copyOf(urls);
    }

    /** @param url overrides the file's; several with commas between them */
    public static SignIn read(Path file, @Nullable String url) {
        try {
            JsonNode json = FrontDoor.JSON.readTree(Files.readString(file));
            String urls = url == null ? json.path("url").asString() : url;
            return new SignIn(
                    Arrays.stream(urls.split(",")).map(URI::create).toList(),
                    json.path("username").asString(),
                    json.path("password").asString());
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + file
                    + ": start the clinic with ./clinic up, or name its file with --sign-in FILE");
        }
    }

    /** The front door's address; the first one when there are several. */
    public URI url() {
        return urls.getFirst();
    }

    /** @throws CommandFailed at once when the clinic is not up */
    public FrontDoor open() {
        FrontDoor.requireAnswer(urls);
        return FrontDoor.signIn(urls, username, password);
    }
}
