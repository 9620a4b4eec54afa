import Glibc
import ScoreCore
import ScoreLab

/// How many samples of a network are copies of its training images, against how many of these there are.
///
/// Networks alike learn the first n images of a shuffled set, for n from few to many. A sample is a
/// copy where it is nearer to a training image than nearly all images that were left out are. Next to
/// the network stand the exact score of the training images, one Gaussian, the score 0 and images that
/// were left out.
///
/// Source: Yoon, Choi, Kwon and Ryu 2023, "Diffusion probabilistic models generalize when they fail to
/// memorize"; for the change with n, Kadkhodaie, Guth, Simoncelli and Mallat 2024 (arXiv:2310.02557).
struct ImageCopies: ClaimExperiment {
  static let claim = Claim(
    "image_copies", title: "Copies of images against n",
    summary: "how many samples copy training images, the more of these there are",
    statement:
      "Of networks that are trained alike, one that has few images copies them: most of its samples "
      + "are nearer to a training image than images left out are. One that has many does hardly more "
      + "often than these, and its samples are nearer to the images left out than one Gaussian's. The "
      + "exact score of the training images copies however many there are.",
    source: "Kadkhodaie et al. 2024 (arXiv:2310.02557); Yoon et al. 2023, from memory",
    paper: .kadkhodaie2024, .observed,
    caveats: [
      "The published change is of large networks on photographs, with half of the images for a second network. "
        + "Here are small pictures, a perceptron, and a null of images left out.",
      "A distance of pixels takes a shifted copy for no copy.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("steps", "training steps of each network", \.steps, in: 1...10_000_000),
    .integer("least", "the fewest training images", \.least, in: 2...100_000),
    .integer("sizes", "numbers of images, by equal ratios", \.sizes, in: 2...20),
  ]

  var steps = 5000
  var least = 50
  var sizes = 4

  public var standardRun: RunConfiguration? {
    // That of real_images, trained an eighth as long, on as many digits as leave some out.
    var run = RealImages().standardRun ?? RunConfiguration()
    run.trainingSet.count = .fixed(1300)
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all,
      ["decay_steps": .number(5000), "last_rate": .number(0.05)])
    run.sampler.count = 400
    return run
  }

  func makePlan(_ setup: ExperimentSetup) throws -> ImageCopiesPlan {
    try ImageCopiesPlan(values: self, setup: setup)
  }

  /// The numbers of training images, ascending, each once.
  func counts(upTo most: Int) -> [Int] {
    let ratio = Double(most) / Double(least)
    let all = (0..<sizes).map { place in
      Int((Double(least) * pow(ratio, Double(place) / Double(sizes - 1))).rounded())
    }
    return Set(all).sorted()
  }
}
