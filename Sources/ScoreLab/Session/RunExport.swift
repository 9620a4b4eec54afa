public import ScoreCore

/// A run's weights and some of its steps as named arrays, for programs that check ours.
///
/// Weights are `[inputs, outputs]` and biases `[outputs]`, from the first layer on; with a bank of
/// networks all but those of a step have a first axis for the network. docs/configuration.md has the
/// names.
public struct RunExport: Sendable {
  /// The most steps that can be exported.
  public static let stepLimit = 100

  /// Where the arrays go; its name ends in .npz.
  public let path: String
  private let architecture: any Architecture
  private let initial: [Float]
  private var records: [StepRecord] = []

  private var file: FileWithOrigin { FileWithOrigin(path: path) }
  /// Where the configuration goes.
  public var configurationPath: String { file.configurationPath }

  /// Prepares the export of a session that has taken no step.
  ///
  /// - Throws: ``FileError`` if the files could not be written.
  public init(of session: Session, to path: String) throws(FileError) {
    precondition(session.step == 0, "The initial weights are those before the first step.")
    self.path = path
    architecture = session.architecture
    initial = session.parameters
    try file.check()
  }

  /// Keeps a step.
  public mutating func add(_ record: StepRecord) { records.append(record) }

  /// Writes the arrays and the configuration, or neither.
  ///
  /// - Returns: False if it was cancelled; then nothing was written.
  /// - Throws: ``FileError``.
  public func write(
    _ session: Session, configuration: String, isCancelled: () -> Bool
  ) throws(FileError) -> Bool {
    let arrays = arrays(of: session)
    guard NpzArchive.fits(arrays) else {
      throw FileError(path: path, reason: "more than 4 GiB; export fewer steps")
    }
    return try file.write(
      NpzArchive(arrays), configuration: configuration, isCancelled: isCancelled)
  }

  /// Everything that is written.
  func arrays(of session: Session) -> [NamedArray] {
    let encoding = architecture.encoding
    let features = [
      NamedArray(
        "time_frequencies", shape: [encoding.timeFeatures.frequencies.count],
        .float32(encoding.timeFeatures.frequencies)),
      NamedArray(
        "position_frequencies", shape: [encoding.positionFrequencies.count],
        .float32(encoding.positionFrequencies)),
      NamedArray("steps", shape: [records.count], .int64(records.map(\.report.step))),
    ]
    return features + segments("initial", initial) + segments("last", session.parameters)
      + segments("average", session.averagedParameters) + records.flatMap { arrays(of: $0) }
  }

  private func arrays(of record: StepRecord) -> [NamedArray] {
    let name = "step\(record.report.step)"
    let size = architecture.parameterCount
    func part(_ values: [Float], _ index: Int) -> [Float] {
      Array(values[index * size..<(index + 1) * size])
    }
    let networks = record.before.parameters.count / size
    let moments = (0..<record.before.moments.count / record.before.parameters.count).flatMap {
      segments(
        "\(name).moment\($0 + 1)", part(record.before.moments, $0 * networks + record.network))
    }
    var arrays = [
      NamedArray("\(name).loss", shape: [], .float64([record.report.loss])),
      NamedArray("\(name).rate", shape: [], .float64([record.rate])),
      NamedArray("\(name).network", shape: [], .int64([record.network])),
      NamedArray("\(name).update", shape: [], .int64([record.update])),
    ]
    arrays += rows(of: record.batch, name: name)
    arrays += segments("\(name).before", part(record.before.parameters, record.network)) + moments
    arrays += segments("\(name).gradient", record.gradient)
    arrays += segments("\(name).after", part(record.after.parameters, record.network))
    return arrays
  }

  private func rows(of batch: BatchRecord, name: String) -> [NamedArray] {
    let points = [
      ("points", batch.points), ("noise", batch.noise), ("input", batch.inputs),
      ("target", batch.targets),
    ].map {
      NamedArray("\(name).\($0)", shape: [batch.count, batch.dimension], .float32($1))
    }
    let numbers = [
      ("alpha", batch.alphas), ("sigma", batch.sigmas), ("input_scale", batch.inputScales),
      ("target_data", batch.targetData), ("target_noise", batch.targetNoise),
      ("weight", batch.weights), ("clock", batch.clocks),
    ].map { NamedArray("\(name).\($0)", shape: [batch.count], .float32($1)) }
    let conditions =
      batch.conditionCount == 0
      ? []
      : [
        NamedArray(
          "\(name).condition", shape: [batch.count, batch.conditionCount],
          .float32(batch.conditions))
      ]
    return points + numbers + conditions
  }

  private func segments(_ name: String, _ values: [Float]) -> [NamedArray] {
    architecture.namedArrays(name, of: values)
  }
}

extension Architecture {
  /// The parameters of one network or of several, segment by segment.
  func namedArrays(_ name: String, of values: [Float]) -> [NamedArray] {
    let size = parameterCount
    let networks = values.count / size
    let bank = networks > 1 ? [networks] : []
    return segments.map { segment in
      NamedArray(
        "\(name).\(segment.name)", shape: bank + segment.shape,
        .float32(
          (0..<networks).flatMap { network in
            let start = network * size + segment.offset
            return values[start..<start + segment.count]
          }))
    }
  }
}
