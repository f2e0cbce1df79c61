package clinicops.cli.demo;

import clinicops.cli.CommandFailed;
import clinicops.cli.FrontDoor;
import clinicops.cli.SignIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
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
        FrontDoor biller,
        Map<String, String> passwords) {

    static Staff hire(FrontDoor admin, SignIn signIn) {
        Map<String, String> passwords = new LinkedHashMap<>();
        return new Staff(
                admin,
                hire(admin, signIn, passwords, "demo.frontdesk", "Frances Desk", "front-desk"),
                hire(admin, signIn, passwords, "demo.nurse1", "Nora Nurse", "nurse"),
                hire(admin, signIn, passwords, "demo.nurse2", "Ned Nurse", "nurse"),
                hire(admin, signIn, passwords, "demo.prescriber", "Dr. Paula Scriber", "prescriber"),
                hire(admin, signIn, passwords, "demo.therapist", "Thea Calloway, LCSW", "therapist"),
                hire(admin, signIn, passwords, "demo.biller", "Ben Ledger", "biller"),
                passwords);
    }

    private static FrontDoor hire(
            FrontDoor admin, SignIn signIn, Map<String, String> passwords, String username, String name, String role) {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        admin.post(
                "/api/staff", Map.of("username", username, "name", name, "password", password, "roles", List.of(role)));
        passwords.put(username, password);
        return FrontDoor.signIn(signIn.urls(), username, password);
    }

    /** Leaves usernames and passwords in a file that only its owner can read. */
    void leaveAccounts(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file, FrontDoor.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(passwords) + "\n");
        } catch (IOException e) {
            throw new CommandFailed("cannot write " + file + ": " + e.getMessage());
        }
    }
}
