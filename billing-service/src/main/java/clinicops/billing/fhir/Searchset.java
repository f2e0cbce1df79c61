package clinicops.billing.fhir;

import clinicops.billing.fhir.SearchQuery.After;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers a search: a Bundle of one page with its links, and no total, which would cost more than the page. */
final class Searchset {
    private Searchset() {}

    /**
     * @param rows one more than the page has, when there is a next one
     * @param writer writes the row as a resource
     */
    static <T> void answer(
            HttpServletResponse response,
            FhirBase base,
            SearchQuery query,
            String type,
            List<T> rows,
            Function<T, String> id,
            Function<T, After> position,
            BiConsumer<FhirJson, T> writer)
            throws IOException {
        boolean more = rows.size() > query.count();
        List<T> page = shown(rows, query);
        try (FhirJson json = FhirJson.page()) {
            json.begin().text("resourceType", "Bundle").text("type", "searchset");
            json.list("link");
            link(json, "self", query.link(type, query.after()));
            if (more) {
                link(json, "next", query.link(type, position.apply(page.getLast())));
            }
            json.endList();
            if (!page.isEmpty()) {
                json.list("entry");
                for (T row : page) {
                    json.begin().text("fullUrl", base.url() + "/" + type + "/" + id.apply(row));
                    json.name("resource");
                    writer.accept(json, row);
                    json.begin("search").text("mode", "match").end().end();
                }
                json.endList();
            }
            json.end();
            send(response, json.bytes(), null);
        }
    }

    /** The rows that the page shows. */
    static <T> List<T> shown(List<T> rows, SearchQuery query) {
        return rows.size() > query.count() ? rows.subList(0, query.count()) : rows;
    }

    private static void link(FhirJson json, String relation, String url) {
        json.begin().text("relation", relation).text("url", url).end();
    }

    /** @param version for the ETag; null for none */
    static void send(HttpServletResponse response, byte[] body, @Nullable String version) throws IOException {
        if (version != null) {
            response.setHeader("ETag", "W/\"" + version + "\"");
        }
        response.setStatus(200);
        response.setContentType(FhirOutcomes.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
