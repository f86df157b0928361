package org.tocsin.gateway.intake;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Reference;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.validation.AlertRules;
import org.tocsin.gateway.validation.KnownIssues;
import org.tocsin.gateway.validation.Problem;

/**
 * The way in: takes a posted message once, or says everything that is wrong with it.
 *
 * <p>The stages stand in the public contract's order, and the first that fails answers with all its problems: 403 role,
 * 413 size, 415 media type, 400 form, 200 or 409 known, 422 not to be taken here; last, the sign-off may refuse what
 * the sender may not send (403) or what follows nothing that is in force (422). Blocking; may be used by any thread.
 */
public final class Intake {
    /** The largest body that is read, in bytes: 4 MiB. */
    public static final int MAX_BODY = 4 * 1024 * 1024;

    private static final Pattern STEP = Pattern.compile("/([A-Za-z]+)(?:\\[([0-9]+)])?");

    private final AlertReader reader;
    private final AlertRules rules;
    private final KnownIssues issues;
    private final Set<String> channels;
    private final SignOff signOff;
    private final InstantSource clock;

    /**
     * Makes the way in.
     *
     * @param reader reads messages
     * @param rules what this gateway demands beyond CAP
     * @param issues which earlier alerts are known; the same as the rules'
     * @param channels the channels that a sender may ask for
     * @param signOff keeps what is taken
     * @param clock by which "expired" and "in the future" are judged
     */
    public Intake(
            AlertReader reader,
            AlertRules rules,
            KnownIssues issues,
            Set<String> channels,
            SignOff signOff,
            InstantSource clock) {
        this.reader = reader;
        this.rules = rules;
        this.issues = issues;
        this.channels = Set.copyOf(channels);
        this.signOff = signOff;
        this.clock = clock;
    }

    /**
     * Takes a message in.
     *
     * @param sender who posts it
     * @param mediaType the Content-Type header; null where there is none
     * @param body the message
     * @param draft whether it stays a draft; else it is submitted at once
     */
    public Received receive(Principal sender, @Nullable String mediaType, byte[] body, boolean draft) {
        if (!sender.isAny(Role.ISSUER, Role.AGENCY)) {
            return refused(403, "role", "sending a warning needs the role issuer or agency");
        }
        Examined read = read(mediaType, body);
        if (read instanceof Examined.Refused refused) {
            return new Received.Refused(refused.status(), refused.problems());
        }
        Posting posting = ((Examined.Acceptable) read).posting();
        Optional<Decision> known = signOff.known(posting);
        if (known.isPresent()) {
            return answer(known.get());
        }
        List<Problem> problems = judge(posting);
        return problems.isEmpty() ? answer(signOff.post(sender, posting, draft)) : new Received.Refused(422, problems);
    }

    /**
     * Looks at a message without taking it: for new content of a draft, and for an estimate.
     *
     * @param mediaType the Content-Type header; null where there is none
     * @param body the message
     */
    public Examined examine(@Nullable String mediaType, byte[] body) {
        Examined read = read(mediaType, body);
        if (read instanceof Examined.Acceptable acceptable) {
            List<Problem> problems = judge(acceptable.posting());
            return problems.isEmpty() ? read : new Examined.Refused(422, problems);
        }
        return read;
    }

    private Examined read(@Nullable String mediaType, byte[] body) {
        if (body.length > MAX_BODY) {
            return new Examined.Refused(
                    413,
                    List.of(new Problem(
                            "", "too-large", "the body may have " + MAX_BODY + " bytes, has " + body.length)));
        }
        Reading reading = reader.read(mediaType, body);
        if (reading instanceof Reading.Faulty faulty) {
            return new Examined.Refused(faulty.status(), faulty.problems());
        }
        Reading.Sound sound = (Reading.Sound) reading;
        List<Problem> bare = bareReferences(sound);
        if (!bare.isEmpty()) {
            return new Examined.Refused(400, placed(bare, sound.dialect() == Dialect.CAP_JSON));
        }
        Wishes wishes = Wishes.of(sound.alert());
        return new Examined.Acceptable(new Posting(
                sound.alert(),
                body,
                Objects.requireNonNull(mediaType),
                sound.signed(),
                wishes.audiences().iterator().next(),
                wishes.channels(),
                null));
    }

    /** CAP wants triples; the identifier of a first issue alone is taken for one where it is known. */
    private List<Problem> bareReferences(Reading.Sound sound) {
        if (sound.dialect() == Dialect.BULLETIN_12379) {
            return List.of();
        }
        return sound.alert().references().stream()
                .filter(reference -> reference.sender() == null && !issues.knows(reference))
                .map(Reference::identifier)
                .map(identifier -> new Problem(
                        "/alert/references",
                        "reference",
                        "each of the references must be sender,identifier,sent, or the identifier of a warning known"
                                + " here, was " + Complaints.show(identifier)))
                .toList();
    }

    private List<Problem> judge(Posting posting) {
        Alert alert = posting.alert();
        List<Problem> problems = new ArrayList<>(rules.check(alert, clock.instant()));
        Wishes wishes = Wishes.of(alert);
        if (wishes.audiences().size() > 1) {
            problems.add(new Problem(
                    "/alert/info",
                    "audience-ambiguous",
                    "all infos must name the same " + Wishes.AUDIENCE + ", were "
                            + Complaints.show(String.join(", ", wishes.audiences()))));
        }
        problems.addAll(unknownChannels(wishes));
        return placed(problems, isJson(posting.mediaType()));
    }

    private List<Problem> unknownChannels(Wishes wishes) {
        return wishes.channels().stream()
                .filter(channel -> !channels.contains(channel))
                .sorted()
                .map(channel -> new Problem(
                        "/alert/info",
                        "unknown-channel",
                        Wishes.CHANNELS + " must name channels that are set up here, " + new TreeSet<>(channels)
                                + ", was " + Complaints.show(channel)))
                .toList();
    }

    private static boolean isJson(String mediaType) {
        return MediaType.parse(mediaType).isJson();
    }

    private static Received answer(Decision decision) {
        if (decision instanceof Decision.Done done) {
            return new Received.Created(done.warning());
        }
        if (decision instanceof Decision.Known known) {
            return new Received.Known(known.warning());
        }
        Decision.Denied denied = (Decision.Denied) decision;
        Problem problem = new Problem("", denied.code().replace('.', '-'), denied.message());
        return switch (denied.why()) {
            case FORBIDDEN -> new Received.Refused(403, List.of(problem));
            case CONFLICT, STALE ->
                denied.current() == null
                        ? new Received.Refused(409, List.of(problem))
                        : new Received.Conflict(denied.current(), problem);
            case UNKNOWN, INVALID, UNACCEPTABLE -> new Received.Refused(422, List.of(problem));
        };
    }

    private static Received refused(int status, String code, String message) {
        return new Received.Refused(status, List.of(new Problem("", code, message)));
    }

    private static List<Problem> placed(List<Problem> problems, boolean json) {
        return json
                ? problems.stream()
                        .map(problem -> new Problem(pointer(problem.path()), problem.code(), problem.message()))
                        .toList()
                : problems;
    }

    /** The JSON pointer that means the same place as an XML path. */
    static String pointer(String path) {
        StringBuilder pointer = new StringBuilder();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            String name = step.group(1);
            String index = step.group(2);
            if (step.start() > 0 || !name.equals("alert")) {
                pointer.append('/').append(name);
            }
            if (index != null) {
                pointer.append('/').append(Integer.parseInt(index) - 1);
            }
        }
        return pointer.toString();
    }
}
