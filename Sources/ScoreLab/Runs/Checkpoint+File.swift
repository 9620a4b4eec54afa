import OutsideText
import ScoreCore

/// A checkpoint as a safetensors file: the numbers of its four states as arrays, the rest as a text.
///
/// Arrays are `state.parameters`, `state.average`, `state.average_rest`, `state.moments` and
/// `state.losses` (a row of seven numbers for each bucket of the loss curve), and the same for `good`,
/// `candidate` and `best`. An array that has the bits of an earlier one is left out, and the text says
/// which one it is.
extension Checkpoint {
  private static let recordKey = "checkpoint"
  private static let formatKey = "format"
  private static let format = "scorefield checkpoint 2"

  /// What is no array.
  private struct Record: Codable {
    /// What is no array of one state.
    struct State: Codable {
      var step: Int
      var smoothing: LossHistory.Smoothing
    }

    var executedSteps: Int
    var entries: Int
    var edits: [EditMark]
    var markOrigin: RunConfiguration
    var divergence: Divergence?
    var isGood: Bool
    var bestLoss: Double?
    var bestLossSum: Double
    /// By name.
    var states: [String: State]
    /// Which array has the numbers of one that was left out.
    var shared: [String: String]
  }

  private var states: [(name: String, state: GoodState)] {
    [("state", state), ("good", good), ("candidate", candidate), ("best", best.state)]
  }

  /// The file that ``init(_:)`` makes the same checkpoint of, bit for bit.
  package var file: SafetensorsFile {
    var arrays: [NamedArray] = []
    var shared: [String: String] = [:]
    for (name, state) in states {
      for array in state.arrays(name) {
        if let twin = arrays.first(where: { $0.hasBits(of: array) }) {
          shared[array.name] = twin.name
        } else {
          arrays.append(array)
        }
      }
    }
    let record = Record(
      executedSteps: executedSteps, entries: entries, edits: edits, markOrigin: markOrigin,
      divergence: divergence, isGood: isGood, bestLoss: best.loss, bestLossSum: best.lossSum,
      states: Dictionary(
        uniqueKeysWithValues: states.map {
          (
            $0.name,
            Record.State(step: $0.state.training.step, smoothing: $0.state.history.smoothing)
          )
        }), shared: shared)
    return SafetensorsFile(
      arrays,
      metadata: [
        Self.formatKey: Self.format,
        Self.recordKey: String(decoding: RecordCoding.encode(record), as: UTF8.self),
      ])
  }

  /// The checkpoint of a file; nil if it is of another form.
  package init?(_ file: SafetensorsFile) {
    guard file.metadata[Self.formatKey] == Self.format, let text = file.metadata[Self.recordKey],
      let record: Record = RecordCoding.decode(Array(text.utf8))
    else { return nil }
    func state(_ name: String) -> GoodState? {
      guard let kept = record.states[name] else { return nil }
      return GoodState(step: kept.step, smoothing: kept.smoothing) { part in
        let full = "\(name).\(part)"
        return file[record.shared[full] ?? full]?.elements
      }
    }
    guard let now = state("state"), let good = state("good"), let candidate = state("candidate"),
      let best = state("best")
    else { return nil }
    self.init(
      executedSteps: record.executedSteps, entries: record.entries, state: now, edits: record.edits,
      markOrigin: record.markOrigin, divergence: record.divergence, good: good,
      candidate: candidate, isGood: record.isGood,
      best: BestState(state: best, loss: record.bestLoss, lossSum: record.bestLossSum))
  }
}

extension Checkpoint.GoodState {
  fileprivate func arrays(_ name: String) -> [NamedArray] {
    func floats(_ part: String, _ values: [Float]) -> NamedArray {
      NamedArray("\(name).\(part)", shape: [values.count], .float32(values))
    }
    return [
      floats("parameters", training.parameters), floats("average", training.average),
      floats("average_rest", training.averageRest), floats("moments", training.moments),
      NamedArray(
        "\(name).losses", shape: [history.buckets.count, LossHistory.Bucket.width],
        .float64(history.buckets.flatMap(\.numbers))),
    ]
  }

  /// Takes the state from the arrays of a file; nil if one is missing or does not fit.
  fileprivate init?(
    step: Int, smoothing: LossHistory.Smoothing, elements: (String) -> NamedArray.Elements?
  ) {
    func floats(_ part: String) -> [Float]? {
      guard case .float32(let values)? = elements(part) else { return nil }
      return values
    }
    guard let parameters = floats("parameters"), let average = floats("average"),
      let rest = floats("average_rest"), let moments = floats("moments"),
      average.count == parameters.count, rest.count == parameters.count,
      moments.count.isMultiple(of: max(1, parameters.count)),
      case .float64(let losses)? = elements("losses"),
      losses.count.isMultiple(of: LossHistory.Bucket.width)
    else { return nil }
    let width = LossHistory.Bucket.width
    let buckets = stride(from: 0, to: losses.count, by: width).compactMap { start in
      LossHistory.Bucket(losses[start..<start + width])
    }
    guard buckets.count * width == losses.count else { return nil }
    self.init(
      training: TrainingState(
        step: step, parameters: parameters, average: average, averageRest: rest, moments: moments),
      history: LossHistory(buckets: buckets, smoothing: smoothing))
  }
}

extension LossHistory.Bucket {
  /// How many numbers it has.
  fileprivate static let width = 7

  fileprivate var numbers: [Double] {
    [Double(firstStep), Double(count), first, minimum, maximum, sum, smoothed]
  }

  /// The bucket of as many numbers; nil if its steps are no whole numbers.
  fileprivate init?(_ numbers: ArraySlice<Double>) {
    let all = Array(numbers)
    guard let firstStep = Int(exactly: all[0]), let count = Int(exactly: all[1]) else { return nil }
    self.init(
      firstStep: firstStep, count: count, first: all[2], minimum: all[3], maximum: all[4],
      sum: all[5], smoothed: all[6])
  }
}
