package clinicops.cli.demo;

import clinicops.cli.FrontDoor;
import clinicops.cli.SignIn;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The people at work in the demo, each signed in with an own account. */
record Staff(
        FrontDoor admin,
        FrontDoor frontDesk,
        FrontDoor nurse,
        FrontDoor secondNurse,
        FrontDoor prescriber,
        FrontDoor therapist,
        FrontDoor biller) {

    static Staff hire(FrontDoor admin, SignIn signIn) {
        return new Staff(
                admin,
                hire(admin, signIn, "demo.frontdesk", "Frances Desk", "front-desk"),
                hire(admin, signIn, "demo.nurse1", "Nora Nurse", "nurse"),
                hire(admin, signIn, "demo.nurse2", "Ned Nurse", "nurse"),
                hire(admin, signIn, "demo.prescriber", "Dr. Paula Scriber", "prescriber"),
                hire(admin, signIn, "demo.therapist", "Thea Calloway, LCSW", "therapist"),
                hire(admin, signIn, "demo.biller", "Ben Ledger", "biller"));
    }

    private static FrontDoor hire(FrontDoor admin, SignIn signIn, String username, String name, String role) {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        admin.post(
                "/api/staff", Map.of("username", username, "name", name, "password", password, "roles", List.of(role)));
        return FrontDoor.signIn(signIn.url(), username, password);
    }
}
