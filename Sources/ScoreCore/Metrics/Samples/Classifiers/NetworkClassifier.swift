import NumberFormatting

/// A classifier two-sample test with a small trained network.
///
/// Half of each side trains a network with one hidden layer of 64 rectifiers, and the value is the
/// share of the other half that it puts on the right side, the mean of both sides. Curved borders
/// that neighbours blur and quadratic features miss are learned.
///
/// Training needs no repetition for the null. Given the network, held-out points of both sides are
/// exchangeable when there is no difference. If it gives h of all of them to the sample, then of
/// the sample's own m
/// ```
/// hits ~ Hypergeometric(m + M, h, m)
/// ```
/// which is the exact permutation null. A distribution holds out `M = 100 m` fresh draws: their
/// noise is then a tenth of that of the sample's own points, so a fixed seed hardly moves the
/// value.
///
/// Source: Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests" (arXiv:1610.06545),
/// section 3; Fisher 1935, *The Design of Experiments*, section 11 (the null given the margins).
public struct NetworkClassifier: SampleMetric {
  private static let largestDimension = 64
  /// The held-out draws of a distribution for each held-out point of the sample.
  private static let drawsPerPoint = 100

  public init() {}

  public func obstacle(dimension: Int, reference: MetricReference) -> String? {
    dimension > Self.largestDimension
      ? "the network is for up to \(Self.largestDimension) dimensions" : nil
  }

  public func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation {
    let (x, y) = ClassifierTest.sides(sample, reference, settings)
    var trial = Trial(x, y, settings: settings)
    if case .distribution(let distribution) = reference.kind {
      var stream = settings.stream(.heldOut)
      trial.second = distribution.sample(
        count: Self.drawsPerPoint * trial.first.count, using: &stream)
    }
    let votes = trial.votes
    let null = settings.perDraw { draw in
      var stream = settings.stream(.null, draw)
      return votes.shuffled(using: &stream).accuracy
    }
    return MetricEvaluation(
      value: votes.accuracy, null: null,
      note: "\(votes.firstCount) points held out, chance 0.5, "
        + "spread \(NumberText.plain(votes.spread))")
  }

  /// Trains on half of the points and tests on the others.
  ///
  /// - Parameters:
  ///   - x: One side.
  ///   - y: The other, as many points.
  ///   - settings: The seed of the split and of the training.
  /// - Returns: The share of held-out points put on the right side.
  public static func accuracy(_ x: Points, _ y: Points, settings: MetricSettings) -> Double {
    Trial(x, y, settings: settings).votes.accuracy
  }

  /// A trained network and the points it has not seen.
  private struct Trial {
    var network: LogisticNetwork
    var first: Points
    var second: Points
    private let scale: QuadraticClassifier.Scale

    init(_ x: Points, _ y: Points, settings: MetricSettings) {
      precondition(
        x.count == y.count && x.count >= 2, "Both sides have as many points, at least 2.")
      var stream = settings.stream(.network)
      // By place and not by value: neighbours that go to different halves would make what is held
      // out resemble what is learned.
      let (trainX, testX) = Trial.halves(of: x, using: &stream)
      let (trainY, testY) = Trial.halves(of: y, using: &stream)
      var pooled = trainX
      pooled.append(trainY)
      scale = QuadraticClassifier.Scale(of: pooled, from: 0)
      network = LogisticNetwork(
        separating: scale.applied(to: trainX), from: scale.applied(to: trainY), using: &stream)
      (first, second) = (testX, testY)
    }

    private static func halves(
      of points: Points, using stream: inout RandomStream
    ) -> (training: Points, heldOut: Points) {
      let order = points.shuffledRows(using: &stream)
      let half = points.count / 2
      return (points.rows(at: order.prefix(half)), points.rows(at: order.dropFirst(half)))
    }

    var votes: Votes {
      func count(_ points: Points) -> Int {
        network.logOdds(at: scale.applied(to: points)).count { $0 > 0 }
      }
      return Votes(
        firstHits: count(first), firstCount: first.count, secondHits: count(second),
        secondCount: second.count)
    }
  }

  /// How many points of either side are given to the first one.
  struct Votes: Sendable, Equatable {
    var firstHits: Int
    var firstCount: Int
    var secondHits: Int
    var secondCount: Int

    /// The mean of the shares that are right on either side.
    var accuracy: Double {
      let right = Double(firstHits) / Double(firstCount)
      let wrong = Double(secondHits) / Double(secondCount)
      return (1 + right - wrong) / 2
    }

    /// The deviation of the accuracy over random sides.
    var spread: Double {
      let all = Double(firstCount + secondCount)
      let share = Double(firstHits + secondHits) / all
      let pairs = Double(firstCount) * Double(secondCount)
      return (share * (1 - share) * all * all / (all - 1) / pairs).squareRoot() / 2
    }

    /// The same votes on points whose sides are drawn anew.
    func shuffled(using stream: inout RandomStream) -> Votes {
      var (hits, left) = (firstHits + secondHits, firstCount + secondCount)
      var votes = self
      votes.firstHits = 0
      for _ in 0..<firstCount {
        if stream.integer(below: left) < hits {
          votes.firstHits += 1
          hits -= 1
        }
        left -= 1
      }
      votes.secondHits = hits
      return votes
    }
  }
}

extension CatalogEntry where Member == any SampleMetric {
  static var networkClassifier: Self {
    Self(
      name: "c2st_network",
      summary: "accuracy of a small trained network on held-out points",
      source: "Lopez-Paz and Oquab 2017 (arXiv:1610.06545)"
    ) { _ in NetworkClassifier() }
  }
}
