package clinicops.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param data folder of everything that the clinic keeps
 * @param port front door; the services take the four ports above it
 * @param fresh whether to begin with an empty folder
 * @param mongoUri an existing MongoDB replica set to use instead of an own one, without a database name; null for an own
 * @param silent whether services keep their events to themselves, which the bench of one of them wants
 */
record StandaloneOptions(
        Path data, int port, boolean fresh, @Nullable String mongoUri, boolean silent) {

    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535 - 4;

    static StandaloneOptions parse(String[] args, @Nullable String configuredMongoUri) {
        Path data = Path.of(".clinic");
        int port = DEFAULT_PORT;
        boolean fresh = false;
        boolean silent = false;
        String mongoUri = configuredMongoUri;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--fresh" -> fresh = true;
                case "--silent" -> silent = true;
                case "--data" -> data = Path.of(value(args, ++i));
                case "--port" -> port = port(value(args, ++i));
                case "--mongodb-uri" -> mongoUri = value(args, ++i);
                default -> throw new CannotStart("unknown option " + args[i] + "; see ./clinic help");
            }
        }
        return new StandaloneOptions(data.toAbsolutePath().normalize(), port, fresh, mongoUri, silent);
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new CannotStart(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new CannotStart("--port takes a number from 1 to " + HIGHEST_PORT + ", not " + text);
    }
}
