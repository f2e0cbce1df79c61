package clinicops.scheduling.readiness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a feature leaves word that screens may look different, once its transaction has committed. Word of one moment is told
 * together, so that forty readings a second cost the screens one look. What a crash takes from here is found again by
 * {@link VerdictsInStep}, which judges the day's patients every minute.
 */
@Component
public class Pulses {
    private final Set<String> patients = ConcurrentHashMap.newKeySet();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final AtomicBoolean day = new AtomicBoolean();

    /** A fact of the patient, of their sessions or of the house that readiness goes by is another. */
    public void readinessMayHaveChanged(String patientId) {
        onceCommitted(() -> patients.add(patientId));
    }

    /** A fact of the house is another, that readiness of everybody who comes today goes by. */
    public void dayMayHaveChanged() {
        onceCommitted(() -> day.set(true));
    }

    /** Takes away the word that the day is another. */
    boolean dayToJudge() {
        return day.getAndSet(false);
    }

    /** Something was written down in a session. */
    public void progressed(String sessionId, String patientId) {
        onceCommitted(() -> {
            sessions.put(sessionId, patientId);
            patients.add(patientId);
        });
    }

    private static void onceCommitted(Runnable leave) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            leave.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                leave.run();
            }
        });
    }

    /** Takes the word of some patients away. */
    List<String> patientsToJudge(int most) {
        List<String> some = patients.stream().limit(most).toList();
        // before they are judged: word that comes meanwhile counts again
        some.forEach(patients::remove);
        return some;
    }

    void judgeAgain(List<String> some) {
        patients.addAll(some);
    }

    /** Takes away which sessions have gone on: patient by session. */
    Map<String, String> progressed() {
        Map<String, String> gone = new HashMap<>();
        for (String session : new ArrayList<>(sessions.keySet())) {
            String patient = sessions.remove(session);
            if (patient != null) {
                gone.put(session, patient);
            }
        }
        return gone;
    }
}
