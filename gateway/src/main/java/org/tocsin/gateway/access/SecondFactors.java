package org.tocsin.gateway.access;

/** Who proves themselves a second time, beyond the password. Blocking; may be used by any thread. */
public interface SecondFactors {
    /** Where nobody has a second factor, such as for API keys alone. */
    SecondFactors NONE = new SecondFactors() {
        @Override
        public boolean isSetUp(String principal) {
            return false;
        }

        @Override
        public SecondFactorAnswer check(String principal, String code) {
            return SecondFactorAnswer.NOT_SET_UP;
        }
    };

    /** Whether the principal has a second factor; a client never has. */
    boolean isSetUp(String principal);

    /**
     * Looks whether the code is right, and uses it up where it is.
     *
     * @param code as typed, spaces and all
     */
    SecondFactorAnswer check(String principal, String code);
}
