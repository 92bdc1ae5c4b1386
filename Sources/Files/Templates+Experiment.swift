extension Templates {
    static let experiment = """
        # An experiment: treatments put to simulated subjects, beside what people did.
        experiment: Dictator game, framed
        asks: Does the word "tax" change how much people give?

        # panel: Personas/people.panel.yaml     # who decides: drawn from people who answered a survey,
        # personas: [Personas/someone.yaml]     # or named; without either nobody in particular, the model as it is
        seed: 1
        sessions: 20                            # subjects; the same ones with the same draws in every arm
        repeats: 1                              # times that each decides in every arm

        situation: >
          You are paired with a stranger you will never meet. You have been given 10 dollars. You may give any part of it
          to the stranger. {frame}

        decision:
          give:
            ask: How many dollars do you give?
            integer: 0 to 10                    # or amount, options, split: { total: 10, between: [you, the other] }, text
            # say: I give ... dollars           # scored in this statement instead of being said

        # game: { play: trust, stake: 10 }      # instead of decision: subjects play each other; or ultimatum, public goods

        arms:                                   # what differs; {variables} stand in the texts
          neutral: { frame: "" }
          gift: { frame: Whatever you pass on is a gift. }
          tax: { frame: "Whatever you pass on is a contribution, like a tax." }

        # vary: { stake: [10, 100] }            # crossed with the arms
        # endowments: { none: "", fair: You only care about fairness. }   # sentences about the subject, crossed too
        # drawn: { town: [Leeds, York] }        # drawn for each subject, the same in every cell
        # swap: true                            # options in both orders, to see what order does

        compare:                                # written before the run, which stores their digest
          - { measure: mean give, arm: tax, against: neutral }
          - { measure: share give = 0, arm: tax, against: neutral }

        # analyses:
        #   - { trend: mean give, over: stake, by: [arm] }
        #   - { regression: mean give, on: [arm] }

        human baseline:                         # so that a result can be wrong
          mean give: 2.835
          source: Engel 2011, a meta-analysis, 28.35 percent of the pie

        """
}
