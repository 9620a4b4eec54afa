import ScoreCore
import ScoreLab

/// Whether images that a network draws by class are read as their class by a judge that never saw it.
///
/// The images are split. A network that is given the class learns one part, without its class in a
/// tenth of a batch; the judge knows the other part. Samples of the network, with guidance and
/// without, are read next to one Gaussian a class, to memorising the first part, and to its real images.
///
/// Source: Ho and Salimans 2022 (arXiv:2207.12598) for guidance; classifying samples is a common judge.
struct DigitsByClass: ClaimExperiment {
  static let claim = Claim(
    "digits_by_class", title: "Digits by class",
    summary: "how many images drawn by class are read as their class by a judge",
    statement:
      "A network that is given the class draws digits that a judge, trained on other real digits, reads as "
      + "their class nine times out of ten or more, with guidance and without. They are no copies, and nearer "
      + "to the judge's digits than one Gaussian a class is.",
    source: "Ho and Salimans 2022 (arXiv:2207.12598), from memory, for guidance", paper: .ho2022,
    .observed,
    caveats: [
      "The judge names the class of the nearest of its images. It reads blurred images as well, so a share "
        + "near 1 is no sign of good images by itself: one Gaussian a class and memorising have one too."
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("steps", "training steps", \.steps, in: 1...10_000_000),
    .number("guidance", "weight w of the guided samples", \.guidance, in: 0.1...20),
  ]

  var steps = 40_000
  var guidance = 1.0

  public var standardRun: RunConfiguration? {
    // That of real_images, whose network learns these images, given the class.
    var run = RealImages().standardRun ?? RunConfiguration()
    run.trainingSet.count = .fixed(1000)
    run.network.condition = .label
    run.sampler.count = 1000
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> DigitsByClassPlan {
    try DigitsByClassPlan(values: self, setup: setup)
  }
}
