package clinicops.standalone;

/** Somebody else's class, for the rule that nobody reaches for it. */
public record Neighbour(String name) {}
