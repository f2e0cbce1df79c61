package clinicops.intake.instrument;

import clinicops.intake.safety.AlertReason;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What an answer or a score sets off. Those on an answer or a grade act on partial answers too: danger does not wait. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "on")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Trigger.OnPoints.class, name = "points"),
    @JsonSubTypes.Type(value = Trigger.OnCut.class, name = "cut"),
    @JsonSubTypes.Type(value = Trigger.OnBand.class, name = "band")
})
sealed interface Trigger {
    /**
     * From {@code atLeast} points on {@code item}, the instrument {@code opens} is asked too.
     *
     * @param raisesByLink reasons of the alert when nobody of the clinic is with the patient
     */
    record OnPoints(String item, int atLeast, String opens, List<AlertReason> raisesByLink) implements Trigger {}

    /** When a scale reaches a cut, the instrument {@code opens} is asked too. */
    record OnCut(String scale, String cut, String opens) implements Trigger {}

    /** When a scale reaches a band, a safety alert is raised for that reason. */
    record OnBand(String scale, String band, AlertReason raises) implements Trigger {}
}
