package org.tocsin.gateway.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.channel.HttpExchange;
import org.tocsin.gateway.ledger.Witness;
import org.tocsin.gateway.link.GatewayWitness;
import org.tocsin.gateway.link.MailWitness;
import org.tocsin.gateway.store.SealFolder;

/** The witnesses of the ledger's seals that the operator has set, and for whom this gateway is one. */
final class Witnesses {
    private Witnesses() {}

    /**
     * Refuses what cannot be, before anything runs.
     *
     * @throws Settings.Invalid with all that is wrong
     */
    static void require(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.find(SettingKey.WITNESS_URL).isPresent()
                != settings.find(SettingKey.WITNESS_KEY).isPresent()) {
            problems.add("witness.url and witness.key: a gateway as a witness needs both");
        }
        boolean mail = settings.find(SettingKey.WITNESS_MAIL_TO).isPresent();
        if (mail != settings.find(SettingKey.WITNESS_MAIL_HOST).isPresent()
                || mail != settings.find(SettingKey.WITNESS_MAIL_FROM).isPresent()) {
            problems.add("witness.mail.to, witness.mail.host and witness.mail.from: a mail witness needs all three");
        } else if (mail) {
            try {
                new MailWitness(account(settings));
            } catch (IllegalArgumentException noAddress) {
                problems.add("witness.mail.to and witness.mail.from: " + noAddress.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new Settings.Invalid(problems);
        }
    }

    /** The witnesses. */
    static List<Witness> of(Settings settings, HttpExchange http) {
        List<Witness> witnesses = new ArrayList<>();
        settings.find(SettingKey.WITNESS_FOLDER)
                .ifPresent(folder -> witnesses.add(SealFolder.witness(Path.of(folder))));
        settings.find(SettingKey.WITNESS_URL)
                .ifPresent(url -> witnesses.add(
                        new GatewayWitness(http, URI.create(url), settings.text(SettingKey.WITNESS_KEY))));
        if (settings.find(SettingKey.WITNESS_MAIL_TO).isPresent()) {
            witnesses.add(new MailWitness(account(settings)));
        }
        return witnesses;
    }

    /** Whose seals each client may bring: fingerprints by the client's id. */
    static Map<String, Set<String>> signers(Settings settings) {
        Map<String, Set<String>> signers = new HashMap<>();
        for (String part : settings.list(SettingKey.WITNESS_SIGNERS)) {
            int equals = part.indexOf('=');
            signers.computeIfAbsent(part.substring(0, equals), client -> new HashSet<>())
                    .add(part.substring(equals + 1));
        }
        return signers;
    }

    private static MailWitness.Account account(Settings settings) {
        return new MailWitness.Account(
                settings.text(SettingKey.WITNESS_MAIL_HOST),
                settings.integer(SettingKey.WITNESS_MAIL_PORT),
                settings.text(SettingKey.WITNESS_MAIL_SECURITY),
                settings.text(SettingKey.WITNESS_MAIL_USER),
                settings.text(SettingKey.WITNESS_MAIL_PASSWORD),
                settings.text(SettingKey.WITNESS_MAIL_FROM),
                settings.text(SettingKey.WITNESS_MAIL_TO));
    }
}
