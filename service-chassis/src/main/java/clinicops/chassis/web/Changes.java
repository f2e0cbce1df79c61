package clinicops.chassis.web;

import clinicops.chassis.Problem;
import java.util.List;

/** What was done to a resource since a version: the answer to somebody who decided on an older one. */
public interface Changes {
    /** @return oldest first */
    List<Problem.Change> since(String resource, long version);
}
