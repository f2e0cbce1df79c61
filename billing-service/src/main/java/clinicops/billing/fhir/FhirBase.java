package clinicops.billing.fhir;

import java.net.URI;

/**
 * Where insurers find this door, whatever machine it runs on: {@code {public-url}/fhir}.
 *
 * @param url without a slash at its end
 */
record FhirBase(String url) {
    static FhirBase at(URI publicUrl) {
        if (!publicUrl.isAbsolute() || publicUrl.getHost() == null) {
            throw new IllegalArgumentException("clinicops.public-url has to be an absolute URL");
        }
        return new FhirBase(publicUrl.toString().replaceAll("/+$", "") + "/fhir");
    }

    /** Where insurers get their tokens: at the front door, beside this one. */
    String tokenEndpoint() {
        return url.substring(0, url.length() - "/fhir".length()) + "/oauth2/token";
    }

    /** The name of one of the clinic's own numbers, as an identifier's system. */
    String identifierSystem(String kind) {
        return url + "/sid/" + kind;
    }
}
