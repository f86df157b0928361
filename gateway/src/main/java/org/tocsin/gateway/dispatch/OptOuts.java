package org.tocsin.gateway.dispatch;

/** Who has said that they want no more of what one may refuse: warnings of levels III and IV. Any thread, quick. */
public interface OptOuts {
    /** Nobody. */
    OptOuts NOBODY = new OptOuts() {
        @Override
        public boolean hasAny(String channel) {
            return false;
        }

        @Override
        public boolean contains(String channel, String address) {
            return false;
        }
    };

    /** Whether anybody has opted out of a channel. */
    boolean hasAny(String channel);

    /** Whether whoever has this address has opted out of a channel. */
    boolean contains(String channel, String address);
}
