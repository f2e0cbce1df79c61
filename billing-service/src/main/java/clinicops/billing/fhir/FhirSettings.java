package clinicops.billing.fhir;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who bills, as insurers know the clinic.
 *
 * @param providerName the clinic's name on claims
 * @param npi its National Provider Identifier, 10 digits with a check digit
 */
@ConfigurationProperties("clinicops.billing.fhir")
record FhirSettings(String providerName, String npi) {
    FhirSettings {
        if (providerName.isBlank()) {
            throw new IllegalArgumentException("clinicops.billing.fhir.provider-name is empty");
        }
        if (!npi.matches("\\d{10}") || !checkDigitFits("80840" + npi)) {
            throw new IllegalArgumentException("clinicops.billing.fhir.npi is no National Provider Identifier");
        }
    }

    /** Luhn's, over the number with the prefix of US health applications (45 CFR 162.406). */
    private static boolean checkDigitFits(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int weighed = i % 2 == 1 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
