package clinicops.billing.fhir;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import clinicops.billing.fhir.SearchQuery.After;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/** Answers a search: a Bundle of one page with its links, and no total, which would cost more than the page. */
final class Searchset {
    private Searchset() {}

    /**
     * @param rows one more than the page has, when there is a next one
     * @param writer writes the row as a resource
     * @return what HAPI wants to be given; not what is answered
     */
    static <T> Bundle answer(
            ServletRequestDetails request,
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
            send(request, json.bytes(), null);
        }
        return new Bundle();
    }

    /** The rows that the page shows. */
    static <T> List<T> shown(List<T> rows, SearchQuery query) {
        return rows.size() > query.count() ? rows.subList(0, query.count()) : rows;
    }

    private static void link(FhirJson json, String relation, String url) {
        json.begin().text("relation", relation).text("url", url).end();
    }

    /**
     * Writes an answer past HAPI, which is told so. It still wants to be given a resource of the kind, an empty one will do.
     *
     * @param version for the ETag; null for none
     */
    static void send(ServletRequestDetails request, byte[] body, @Nullable String version) throws IOException {
        FhirExchange.answered(request);
        HttpServletResponse response = request.getServletResponse();
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
