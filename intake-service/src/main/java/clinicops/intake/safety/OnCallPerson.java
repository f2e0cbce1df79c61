package clinicops.intake.safety;

/**
 * Who is called when a patient may be in danger and nobody of the clinic is with them.
 *
 * @param person username of a staff account
 * @param phone E.164
 */
public record OnCallPerson(String person, String phone) {}
