package org.tocsin.gateway.app;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.channel.Capabilities;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.issue.CatalogueTemplates;
import org.tocsin.gateway.issue.Composer;
import org.tocsin.gateway.issue.CountyTemplates;
import org.tocsin.gateway.issue.DivisionIndex;
import org.tocsin.gateway.issue.Drafts;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.issue.IssueTemplates;
import org.tocsin.gateway.issue.ReachEstimate;
import org.tocsin.gateway.issue.SavedAreas;
import org.tocsin.gateway.issue.TerminalHealth;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisDraftStore;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisSavedAreaStore;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.template.CountyTexts;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.wording.Wording;

/** Puts the issuer's desk together. */
final class IssuingRoom {
    private IssuingRoom() {}

    /** What the desk needs of the other rooms. */
    record Neighbours(
            Redis redis,
            RedisLedger ledger,
            Registry registry,
            Targeting targeting,
            Map<String, Capabilities> capabilities,
            Set<String> usable,
            ApprovalMatrix matrix,
            AlertFacts facts,
            EventTypes events,
            TerminalHealth health,
            CountyTexts texts) {}

    static IssueDesk open(Neighbours rooms, Settings settings, InstantSource clock, ZoneId zone, SecureRandom random) {
        IssueTemplates templates = new CountyTemplates(CatalogueTemplates.standard(), rooms.texts()::own);
        Wording wording = Wording.standard();
        return new IssueDesk(
                templates,
                new Drafts(new RedisDraftStore(rooms.redis()), clock, zone, random),
                new SavedAreas(new RedisSavedAreaStore(rooms.redis(), rooms.ledger()), clock, random),
                new DivisionIndex(rooms.registry()::divisions),
                new Composer(templates, rooms.events(), zone),
                new ReachEstimate(
                        rooms.targeting(),
                        rooms.registry()::view,
                        rooms.capabilities(),
                        wording,
                        rooms.health(),
                        settings.find(SettingKey.SMS_PRICE).map(BigDecimal::new).orElse(null),
                        clock),
                wording,
                rooms.registry()::view,
                List.copyOf(rooms.usable()),
                rooms.matrix(),
                rooms.facts(),
                settings.text(SettingKey.ISSUE_SENDER),
                settings.text(SettingKey.ISSUE_SENDER_NAME),
                clock,
                zone);
    }
}
