package org.tocsin.simulator.email;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.internet.MimeMessage;

/** A mailbox that takes every mail and keeps none, so that a county's mails do not fill the memory. */
final class Recipient implements GreenMailUser {
    private final String email;

    Recipient(String email) {
        this.email = email;
    }

    @Override
    public String getEmail() {
        return email;
    }

    @Override
    public String getLogin() {
        return email;
    }

    @Override
    public void deliver(MovingMessage message) {
        // The book has its line; the mail itself is dropped.
    }

    @Override
    public void deliver(MimeMessage message) {
        // The book has its line; the mail itself is dropped.
    }

    @Override
    public void create() {
        // There is nothing to create.
    }

    @Override
    public void delete() {
        // There is nothing to delete.
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void setPassword(String password) {
        // Nobody signs in.
    }

    @Override
    public void authenticate(String password) {
        // Nobody signs in.
    }

    @Override
    public String getQualifiedMailboxName() {
        return email;
    }
}
