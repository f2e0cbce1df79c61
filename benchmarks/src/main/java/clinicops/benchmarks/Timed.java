package clinicops.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How long something took inside the clinic, as its own timer tells by {@code /actuator/prometheus}.
 *
 * @param upTo how many took at most so many seconds
 */
record Timed(NavigableMap<Double, Double> upTo) {

    /** @param timer its name as Prometheus has it, with the unit */
    static Timed read(URI service, String timer) throws IOException, InterruptedException {
        String text;
        try (var http = HttpClient.newHttpClient()) {
            text = http.send(
                            HttpRequest.newBuilder(service.resolve("/actuator/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
        var upTo = new TreeMap<Double, Double>();
        var bucket = Pattern.compile("(?m)^" + timer + "_bucket\\{[^}]*le=\"([^\"]+)\"[^}]*} (\\S+)");
        bucket.matcher(text).results().forEach(b -> {
            String bound = b.group(1);
            upTo.put(
                    bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                    Double.parseDouble(b.group(2)));
        });
        if (upTo.isEmpty()) {
            throw new IllegalStateException(service + " has no timer " + timer);
        }
        return new Timed(upTo);
    }

    /** What came after an earlier reading. */
    Timed since(Timed before) {
        var later = new TreeMap<Double, Double>();
        upTo.forEach((bound, many) -> later.put(bound, many - before.upTo.getOrDefault(bound, 0.0)));
        return new Timed(later);
    }

    long count() {
        return Math.round(upTo.lastEntry().getValue());
    }

    /** The upper bound of the bucket that the quantile lies in: never less than it was. */
    double quantileMillis(double quantile) {
        return upTo.entrySet().stream()
                        .filter(bucket -> bucket.getValue() >= quantile * count())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("nothing was timed"))
                        .getKey()
                * 1000;
    }
}
