/// Commented files to start from, as `populace new` writes them. Each loads as it is, beside the files it names.
public enum Templates {
    /// `nil` for kinds without a template.
    public static func text(_ kind: FileKind) -> String? {
        switch kind {
        case .world: world
        case .persona: persona
        case .panel: panel
        case .survey: survey
        case .study: study
        case .experiment: experiment
        }
    }

    static let world = """
        # A world: where, who, what happens, what is asked, when it stops.
        # Paths start from the folder that holds Worlds/ and Personas/.
        world: Two Rivers
        about: >
          A small town where something is about to be decided.

        seed: 1                             # every random draw descends from this number

        clock:
          starts: 2026-03-02 06:00
          grain: 30 min                     # the shortest time between two decisions
          night: 22:00 to 06:00             # residents sleep

        places:
          market square:
            about: Cobbles, a dry fountain, three benches.
            near: { bakery: 5 min }         # walking times, both ways; a list, [bakery], means one grain
          bakery:
            about: Warm, and open from six.
            objects:
              counter: Fresh rolls and the local paper.
            areas:                          # inside, a minute away; its whole name is "bakery: bakehouse"
              bakehouse:
                about: Two ovens, flour on everything.
                objects: { oven: off }

        residents:
          - persona: Personas/someone.yaml
            lives: bakery
          # - panel: Personas/people.panel.yaml     # or drawn from people who answered a survey
          #   take: 4
          #   lives: market square
          #   model: { name: qwen2.5-7b, server: "http://127.0.0.1:8000/v1" }    # a speaker of their own

        events:                             # what the world does to them, whatever they do
          - at: day 1 09:00
            in: market square
            seen: A poster says the bakery will close.

        polls:                              # asked aside; nobody remembers having been asked
          - survey: Personas/questions.survey.yaml
            questions: [bakery]
            when: [day 1 07:00, day 1 19:00]

        # news:                             # whose spread is measured: show RUN --measures
        #   closing:
        #     about: The bakery will close.
        #     starts with: [someone]        # who knows it from the start, by the name of their file
        #     words: [[bakery, baker], [close, closes, closing]]     # who tells it says one of each list
        #     event: { in: bakery, from: day 1 17:00, until: day 1 18:00 }    # who came is measured

        # without: [reflection]             # what minds do without: reflection, planning, observation

        # planning: { detail: minutes, patience: 2 h }       # detail: day, hours or minutes
        # conversation: { turns: 8, cooldown: 2 h, begins: 2 per day, reply: 1 min }
        # 'populace validate --expanded' prints every other setting

        stop:                               # whichever comes first
          - at: day 1 20:00
          - quiet: 6 h

        """

    static let persona = """
        # A persona: somebody, in words a model can speak from.
        persona: Someone Else
        age: 40
        pronouns: they
        work: Bakes bread for the town.

        about: >
          Two or three sentences that only fit this person.

        believes:                           # what they would say about themselves
          - Bread should cost what bread costs.

        habits:
          - Opens at 06:00 and naps at noon.

        sleeps: 22:00 to 05:30              # the world's night if absent

        remembers:                          # oldest first; importance from 1 to 10
          - when: 2019
            what: The old baker left them the keys.
            importance: 8

        answers: {}                         # known survey answers, if any: { bakery: 1 }

        """

    static let panel = """
        # A panel: people who do not exist, drawn from people who answered a survey with data.
        panel: Adults of the United States
        from: Personas/gss2018.survey.yaml
        size: 100
        seed: 1

        where:                              # whom the panel stands for, in the survey's own variables
          age: 18 to 89

        draw:
          weight: none                      # or the survey's weight
          with replacement: true
          # by: sex                         # places for each group: proportional, or
          # allocation: equal               # the same number, with weights that restore the population

        # margins: { sex: { Female: 52, Male: 48 } }    # weights that meet a population's shares
        # margins source: Where the shares are from.

        # order: shuffled                   # of the sentences, for each person; or reversed

        backstory:                          # one sentence per variable, in this order
          age: I am {age} years old.
          sex:                              # with words for the other shapes of 'poll --ask-as'
            say: I am {sex}.
            portray: you were {sex}         # "Answer the following question as if you were ..."
            about: sex                      # "a short description of your sex"

        held out: [natsci]                  # never shown to a persona, only compared

        """

    static let study = """
        # A study: a paper's design put to a model, with the paper's figures beside.
        study: Spending, by party
        source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?"
        design: opinions                    # or vote, pattern, words: see Worlds/studies/
        from: Personas/gss2018.survey.yaml
        seed: 1

        backstory:                          # of opinions: the groups a model is steered to, one at a time
          party:
            say: In politics today, I consider myself a {party}.
            portray: in politics today, you considered yourself a {party}
            about: political affiliation

        questions: [natsci, natpark]        # whose answers are compared
        ask as: [qa, bio, portray]
        method: letters                     # or words

        paper:                              # figures to print beside
          - { statistic: representativeness, of: j1-jumbo, value: 0.816, from memory: true }

        differs:
          - Two questions stand for hundreds.

        """

    static let survey = """
        # A survey: the exact words people hear, and what their codes mean.
        survey: My questions
        year: 2026
        country: the United States
        # data: Personas/data/mine.csv      # answers of real people, if you have them, with
        # checksum: sha256:...              # the digest of that file and
        # respondent: id                    # the column that names a respondent

        # variables:                        # what may be told of a respondent: a unit, values, or codes with words;
        #   sex: { ask: What is your sex?, values: [Female, Male] }   # asked in these words by 'poll --ask-as qa'

        questions:
          bakery:
            ask: Should the town help to keep the bakery open?
            say: If you ask me whether the town should help to keep the bakery open, my answer is ...
            scale: nominal                  # or ordinal, where the options lie on a line
            options:
              1: { text: "Yes", fills: "yes" }
              0: { text: "No", fills: "no" }
            baseline: none                  # nobody was asked, so it is never compared
            paraphrases:                    # other words for the same, only for 'poll --probe'
              - ask: Is it right that the town keeps the bakery open?
                say: On whether it is right that the town keeps the bakery open, I say ...
            opposite:                       # the reverse: who means it gives the mirror answer
              ask: Should the town let the bakery close?
              say: If you ask me whether the town should let the bakery close, my answer is ...
          # why:
          #   ask: Why?
          #   scale: open                   # answered in words
          #   category: reasons

        """
}
