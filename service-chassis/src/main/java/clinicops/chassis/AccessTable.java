package clinicops.chassis;

import java.util.List;

/**
 * Who may call which route of a service; one bean per service. What has no row is refused. The chassis adds the rows of its
 * own endpoints (clock, dead letters, audit).
 */
public record AccessTable(List<Access> rows) {
    public AccessTable {
        rows = List.copyOf(rows);
    }

    public static AccessTable of(Access... rows) {
        return new AccessTable(List.of(rows));
    }
}
