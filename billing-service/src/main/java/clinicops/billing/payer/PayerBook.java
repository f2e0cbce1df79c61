package clinicops.billing.payer;

import clinicops.chassis.Audit;
import clinicops.chassis.Commands;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The payers that the clinic deals with. */
@Component
public class PayerBook {
    private final Payers payers;
    private final List<PayerEntered> listeners;
    private final Commands commands;
    private final Audit audit;

    PayerBook(Payers payers, List<PayerEntered> listeners, Commands commands, Audit audit) {
        this.payers = payers;
        this.listeners = listeners;
        this.commands = commands;
        this.audit = audit;
    }

    PayerController.PayerAnswer enter(@Nullable String key, PayerController.NewPayer request) {
        return commands.once(key, request, PayerController.PayerAnswer.class, () -> {
            Payer payer = payers.findByCode(request.code()).orElseGet(() -> Payer.unknown(request.code()));
            payer.enter(request.name(), PayerClass.of(request.payerClass()), request.authorizationRequired());
            Payer saved = payers.save(payer);
            listeners.forEach(l -> l.entered(saved));
            audit.write("enter-payer", "payer/" + saved.code(), null, saved.version(), null);
            return PayerController.PayerAnswer.of(saved);
        });
    }
}
