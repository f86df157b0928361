package org.tocsin.gateway.web.console;

import org.jspecify.annotations.Nullable;

/** Where the form is in which warnings are written; null where there is none, and then there is no button to it. */
interface FormLinks {
    /** For a console without a form. */
    FormLinks NONE = new FormLinks() {
        @Override
        public @Nullable String edit(String id) {
            return null;
        }

        @Override
        public @Nullable String update(String id) {
            return null;
        }
    };

    /** To go on writing a draft, or one that was returned. */
    @Nullable
    String edit(String id);

    /** To write an Update of a warning, with its type and reference filled in. */
    @Nullable
    String update(String id);
}
