extension LivePage {
  static let explanation = """
    A small network learns the score of a distribution whose score is known exactly at every noise \
    level, while you watch. What can be changed live acts at once; what cannot starts the run again \
    with the same seed.
    """
}

extension SetupPane {
  var explanation: String {
    """
    Everything that decides the run, as a form: arrows change the selected value, Enter types it. \
    Below it, what is known of the run: Bayes floor, held-out excess, warnings, edits.
    """
  }
}

extension LossPane {
  var explanation: String {
    """
    The running mean of the training loss with the spread of its batches, the loss on data the \
    network has not seen, with its best step, and the Bayes floor: on points it has not seen no \
    network can go below it. Marks stand where something was changed.
    """
  }
}

extension ErrorPane {
  var explanation: String {
    """
    How wrong the learned score is: above, the errors of the probe points at one noise level, with \
    L2, D_delta and Markov's bound marked; below, the same numbers at all noise levels. Other \
    views cut the error into what class, data and descent leave, and say what it can do to samples.
    """
  }
}

extension SamplesPane {
  var explanation: String {
    """
    What the error does to samples: points that the reverse process draws with the learned score, \
    next to noised data or to the exact-score run, at the time of the cursor under the plot. Other \
    views follow single particles from noise to data, or draw the score itself.
    """
  }
}
