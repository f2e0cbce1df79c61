package clinicops.staffweb.staff;

import static org.assertj.core.api.Assertions.assertThat;

import clinicops.chassis.Audit;
import clinicops.chassis.Commands;
import clinicops.chassis.Role;
import clinicops.chassis.RuleViolation;
import clinicops.outbox.Transactions;
import clinicops.staffweb.FrontDoor;
import clinicops.testing.TestServers;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A clinic with two admins, in a database of its own. */
class LastAdminTest extends FrontDoor {
    private final SimpleMongoClientDatabaseFactory database =
            new SimpleMongoClientDatabaseFactory(TestServers.freshDatabase("last_admin"));
    private final MongoTemplate mongo = new MongoTemplate(database);
    private final StaffAccounts accounts = new MongoRepositoryFactory(mongo).getRepository(StaffAccounts.class);

    @Test
    void twoAdminsWhoTakeTheRoleFromEachOtherAtOnceLeaveOne() throws Exception {
        var administration = new StaffAdministration(
                accounts,
                new AdminGuard(mongo),
                context.getBean(PasswordPolicy.class),
                context.getBean(PasswordEncoder.class),
                context.getBean(Commands.class),
                new Transactions(new MongoTransactionManager(database)),
                context.getBean(Audit.class));
        try (var executor = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                String one = "one-" + round;
                String other = "other-" + round;
                accounts.save(StaffAccount.open(one, "One", EnumSet.of(Role.ADMIN), "hash"));
                accounts.save(StaffAccount.open(other, "Other", EnumSet.of(Role.ADMIN), "hash"));
                var barrier = new CyclicBarrier(2);
                var done = executor.invokeAll(List.of(
                        demotion(administration, one, other, barrier), demotion(administration, other, one, barrier)));
                int refused = 0;
                for (var demotion : done) {
                    refused += demotion.get() ? 0 : 1;
                }
                assertThat(refused).as("refused in round %d", round).isEqualTo(1);
                assertThat(mongo.count(new org.springframework.data.mongodb.core.query.Query(), "staff"))
                        .isEqualTo(2);
                assertThat(accounts.countActiveOthers("admin", "nobody")).isEqualTo(1);
                mongo.dropCollection("staff");
            }
        }
    }

    private static Callable<Boolean> demotion(
            StaffAdministration administration, String by, String of, CyclicBarrier barrier) {
        return () -> {
            SecurityContextHolder.getContext()
                    .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(by, null, List.of()));
            try {
                barrier.await();
                administration.change(of, "\"0\"", EnumSet.of(Role.NURSE), true, null);
                return true;
            } catch (RuleViolation refused) {
                return false;
            } finally {
                SecurityContextHolder.clearContext();
            }
        };
    }
}
