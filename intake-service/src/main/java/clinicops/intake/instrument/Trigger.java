package clinicops.intake.instrument;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What an answer or a score sets off. Those on an answer or a grade act on partial answers too: danger does not wait. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "on")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Trigger.OnPoints.class, name = "points"),
    @JsonSubTypes.Type(value = Trigger.OnCut.class, name = "cut"),
    @JsonSubTypes.Type(value = Trigger.OnBand.class, name = "band")
})
sealed interface Trigger {
    /** From {@code atLeast} points on {@code item}, the instrument {@code opens} is asked too. */
    record OnPoints(String item, int atLeast, String opens) implements Trigger {}

    /** When a scale reaches a cut, the instrument {@code opens} is asked too. */
    record OnCut(String scale, String cut, String opens) implements Trigger {}

    /** When a scale reaches a band, a safety alert is raised for that reason. */
    record OnBand(String scale, String band, String raises) implements Trigger {}
}
