package clinicops.scheduling.resource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stretch of time, its end excluded. Lists of them are in order and don't touch. */
record Span(Instant from, Instant until) {
    private boolean isEmpty() {
        return !from.isBefore(until);
    }

    /** Whether one of the spans holds the whole stretch. */
    static boolean covers(List<Span> spans, Instant from, Instant until) {
        for (Span span : spans) {
            if (!from.isBefore(span.from) && !until.isAfter(span.until)) {
                return true;
            }
        }
        return false;
    }

    /** What any of them covers; what touches becomes one. */
    static List<Span> union(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span next : spans.stream()
                .filter(span -> !span.isEmpty())
                .sorted(Comparator.comparing(Span::from))
                .toList()) {
            Span last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && !next.from.isAfter(last.until)) {
                Instant until = last.until.isAfter(next.until) ? last.until : next.until;
                merged.set(merged.size() - 1, new Span(last.from, until));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    /** What of the spans is left without the others. */
    static List<Span> minus(List<Span> spans, List<Span> without) {
        List<Span> left = spans;
        for (Span gone : without) {
            List<Span> next = new ArrayList<>();
            for (Span span : left) {
                if (!span.from.isBefore(gone.until) || !gone.from.isBefore(span.until)) {
                    next.add(span);
                } else {
                    next.add(new Span(span.from, gone.from));
                    next.add(new Span(gone.until, span.until));
                }
            }
            left = next.stream().filter(span -> !span.isEmpty()).toList();
        }
        return left;
    }
}
