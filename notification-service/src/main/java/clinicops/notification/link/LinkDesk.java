package clinicops.notification.link;

import clinicops.chassis.Audit;
import clinicops.chassis.RuleViolation;
import clinicops.notification.notice.NoticeDesk;
import clinicops.notification.template.Channel;
import clinicops.outbox.Transactions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Has links sent, and says what a token that comes back is good for. */
@Component
public class LinkDesk {

    private final PatientLinks links;
    private final NoticeDesk notices;
    private final Audit audit;
    private final Transactions transactions;
    private final Clock clock;
    private final URI page;
    private final LinkTokens tokens;

    LinkDesk(
            PatientLinks links,
            LinkKeys keys,
            NoticeDesk notices,
            Audit audit,
            Transactions transactions,
            Clock clock,
            @Value("${clinicops.public-url}") String publicUrl) {
        this.links = links;
        this.notices = notices;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
        this.page = URI.create(publicUrl.replaceAll("/+$", "") + "/p");
        // before anybody needs it: the first two links, each in a transaction of its own, would make a key each, until
        // one of them fails to commit
        this.tokens = LinkTokens.kept(keys, new SecureRandom());
    }

    /** Intake asks for a link: it is sent. Runs inside the transaction of the event's handler. */
    public void requested(String linkId, String patientId, String purpose, String resource, Instant expiresAt) {
        if (links.byLink(linkId).isPresent()) {
            return;
        }
        links.save(PatientLink.requested(linkId, patientId, purpose, resource, expiresAt));
        notices.linkRequested(patientId, linkId, purpose, expiresAt);
    }

    /** The link opens nothing any more, and is not sent if it has not been. */
    public void revoked(String linkId, Instant at) {
        links.byLink(linkId).ifPresent(link -> {
            link.revoke(at);
            links.save(link);
            notices.linkRevoked(link.patientId(), linkId);
        });
    }

    /** The patient is erased. */
    public void revokeAll(String patientId) {
        links.openOfPatient(patientId).forEach(link -> revoked(link.id(), clock.instant()));
    }

    /**
     * A new address of the link, for one message. Its token stands behind the hash sign, which no browser sends to a server and
     * no server writes into a log.
     *
     * @return empty when the link is revoked
     */
    public Optional<URI> address(String linkId, Channel channel) {
        return transactions.inTransaction(
                () -> links.byLink(linkId).filter(link -> !link.isRevoked()).map(link -> {
                    String token = tokens.make(link);
                    link.issue(LinkTokens.hash(token).orElseThrow(), channel, clock.instant());
                    links.save(link);
                    return URI.create(page + "#" + token);
                }));
    }

    /** What a genuine token is good for. */
    record Redeemed(String linkId, String patientId, String purpose, String resource, Instant expiresAt) {}

    /**
     * @throws RuleViolation {@code link-refused} (422) for what is no token of ours, or of a revoked link: which of them is not
     *     told; {@code link-expired} (409) for a genuine one that came too late
     */
    Redeemed redeem(String token) {
        PatientLink link = LinkTokens.hash(token)
                .flatMap(links::byTokenHash)
                .filter(found -> tokens.fits(token, found))
                .orElse(null);
        if (link == null || link.isRevoked()) {
            audit.refused("redeem-link", link == null ? "link/unknown" : "link/" + link.id());
            throw new RuleViolation("link-refused", "no link opens with this token");
        }
        if (link.isExpiredAt(clock.instant())) {
            audit.refused("redeem-link", "link/" + link.id());
            throw RuleViolation.conflict("link-expired", "the link's time is over");
        }
        return transactions.inTransaction(() -> {
            PatientLink used = links.byLink(link.id()).orElseThrow();
            used.use(clock.instant());
            PatientLink saved = links.save(used);
            audit.write("redeem-link", "link/" + saved.id(), saved.patientId(), saved.version(), null);
            return new Redeemed(saved.id(), saved.patientId(), saved.purpose(), saved.resource(), saved.expiresAt());
        });
    }
}
