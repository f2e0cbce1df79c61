package clinicops.scheduling.session;

import static clinicops.chassis.Role.FRONT_DESK;
import static clinicops.chassis.Role.NURSE;
import static clinicops.chassis.Role.PRESCRIBER;
import static clinicops.chassis.Role.THERAPIST;

import clinicops.chassis.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be done to a session, by whom, and with what. The access table and each answer's next actions read it here. */
public enum SessionAction {
    ESCORT("escort", List.of("name", "phone", "relation"), FRONT_DESK, NURSE),
    ESCORT_CODE("escort-code", List.of(), FRONT_DESK, NURSE),
    MOVE("move", List.of("startsAt", "chairId", "nurseId"), FRONT_DESK),
    CANCEL("cancel", List.of("reason"), FRONT_DESK),
    MISS("miss", List.of(), FRONT_DESK),
    CHECK_IN("check-in", List.of(), FRONT_DESK, NURSE),
    GATE("gate", List.of("fastingSolidsHours", "fastingLiquidsHours", "pregnancyTest", "drugsChanged"), NURSE),
    ORDER("order", List.of("doseMgPerKg", "highMgPerKg", "weightKg", "weighedAgain"), PRESCRIBER, NURSE),
    DRAW("draw", List.of("ndc", "vialMgPerMl", "dilutedToMgPerMl", "volumeMl", "lot"), NURSE),
    TITRATE("titrate", List.of("doseMgPerKg"), NURSE, PRESCRIBER),
    PUMP("pump", List.of("volumeMl", "rateMlPerH"), NURSE),
    SECOND_CHECK("second-check", List.of(), NURSE, PRESCRIBER),
    IV_ACCESS("iv-access", List.of("site", "gauge", "success"), NURSE, PRESCRIBER),
    SETTING("setting", List.of("music", "mask", "light"), NURSE),
    WEIGH("weigh", List.of("why"), NURSE, PRESCRIBER),
    REVIEW_DRUGS("review-drugs", List.of("conclusion"), PRESCRIBER),
    START("start", List.of("site"), NURSE),
    DEVICE("device", List.of("ndc", "lot"), NURSE),
    STOP("stop", List.of("reason", "entryId", "at", "deviceAt"), NURSE, PRESCRIBER),
    FINISH("finish", List.of(), NURSE),
    RESCUE("rescue", List.of("drug", "amountMg", "entryId", "at", "deviceAt"), NURSE, PRESCRIBER),
    ADVERSE_EVENT(
            "adverse-event", List.of("effect", "severity", "onset", "entryId", "at", "deviceAt"), NURSE, PRESCRIBER),
    END_EFFECT("end-effect", List.of("adverseEventId", "endedAt", "done"), NURSE, PRESCRIBER),
    REVIEW_ADVERSE_EVENT("review-adverse-event", List.of("adverseEventId", "conclusion"), PRESCRIBER),
    DISCHARGE(
            "discharge",
            List.of(
                    "aldrete",
                    "moaas",
                    "dissociationOver",
                    "walksSteadily",
                    "ivOut",
                    "instructionsGiven",
                    "cssrsHigh",
                    "escortPresent",
                    "escortIdSeenBy",
                    "escortCode",
                    "override"),
            NURSE,
            PRESCRIBER),
    LEAVE_AGAINST_ADVICE("leave-against-advice", List.of("entryId", "at", "deviceAt"), NURSE, PRESCRIBER, FRONT_DESK),
    TRANSFER("transfer", List.of("entryId", "at", "deviceAt"), NURSE, PRESCRIBER),
    CALL_FOR_HELP("call-for-help", List.of("entryId", "at", "deviceAt"), NURSE, PRESCRIBER, THERAPIST, FRONT_DESK),
    NOTE("note", List.of("assessment"), PRESCRIBER),
    SIGN_NOTE("sign-note", List.of(), PRESCRIBER),
    ADDENDUM("addendum", List.of("text"), PRESCRIBER);

    private final String path;
    private final List<String> fields;
    private final Set<Role> roles;

    SessionAction(String path, List<String> fields, Role... roles) {
        this.path = path;
        this.fields = fields;
        this.roles = Collections.unmodifiableSet(EnumSet.copyOf(List.of(roles)));
    }

    /** Last part of the route. */
    public String path() {
        return path;
    }

    /** Fields of the body. */
    List<String> fields() {
        return fields;
    }

    public Set<Role> roles() {
        return roles;
    }
}
