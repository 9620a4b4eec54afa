import OutsideText
public import ScoreCore

/// The weights of a run in one safetensors file, with all that another program needs to use them.
///
/// Arrays are the last weights and their average, layer by layer, the frequencies of the inputs, and the
/// noise levels of the sampler's grid; the texts are the keys of the configuration that say what the
/// network is and what it predicts. docs/weights.md has the names.
public struct WeightsFile: Sendable {
  /// What the file calls itself.
  static let format = "scorefield weights 1"
  /// The most coordinates of a point, so that a file cannot ask for more memory than it has.
  private static let largestDimension = 1 << 20

  /// The run's, live edits included.
  public let configuration: RunConfiguration
  /// The number of training steps behind the weights.
  public let step: Int
  /// How the network's coordinates map to the data's units.
  public let frame: CoordinateFrame
  /// The weights of the last step, `[networks, parameters]`.
  public let last: [Float]
  /// Their average, of the same shape.
  public let average: [Float]
  /// What the classes are called that the network is given; none where it is given none.
  public let classNames: [String]
  private let architecture: any Architecture

  /// Takes the weights of a session.
  public init(of session: Session) {
    configuration = session.configuration
    step = session.step
    frame = session.distribution.coordinates
    last = session.parameters
    average = session.averagedParameters
    classNames = ClassSampling(session.configuration, session.distribution)?.names ?? []
    architecture = session.architecture
  }

  /// The score estimate of the averaged weights, or of those of the last step; of points without a
  /// class where the network is given one.
  ///
  /// - Parameters:
  ///   - isCurrent: Whether the last weights are meant.
  ///   - threads: How many threads an evaluation may use; changes no bit.
  /// - Returns: The score in model coordinates.
  public func score(isCurrent: Bool = false, threads: Int = Parallel.defaultThreads) -> NetworkScore
  {
    NetworkScore(
      architecture: architecture, parameters: isCurrent ? last : average,
      target: configuration.objective.make().target, process: configuration.process.make(),
      bank: Self.bank(configuration), condition: Array(repeating: 0, count: classNames.count),
      threads: threads)
  }

  /// Writes the file under a temporary name and renames it.
  ///
  /// - Parameters:
  ///   - path: Where it goes.
  ///   - origin: The program and version that made it.
  /// - Throws: ``FileError``; then an old file is untouched.
  public func write(to path: String, origin: String) throws(FileError) {
    try SafetensorsFile(arrays, metadata: metadata(origin: origin)).write(to: path)
  }

  /// The log SNR that each network of a bank is for; empty without a bank.
  private static func bank(_ configuration: RunConfiguration) -> [Double] {
    let levels = configuration.objective.make().levels
    guard levels.networks > 1 else { return [] }
    return (levels.atoms(of: configuration.process.make()) ?? []).map(\.logSNR)
  }

  private var arrays: [NamedArray] {
    let encoding = architecture.encoding
    let bank = Self.bank(configuration)
    let times = encoding.timeFeatures.frequencies
    let d = frame.offset.count
    return [
      NamedArray("time_frequencies", shape: [times.count], .float32(times)),
      NamedArray(
        "position_frequencies", shape: [encoding.positionFrequencies.count],
        .float32(encoding.positionFrequencies)),
      NamedArray("coordinates.offset", shape: [d], .float64(frame.offset)),
      NamedArray("coordinates.scale", shape: [d], .float64(frame.scale)),
      NamedArray("bank.log_snr", shape: [bank.count], .float64(bank)),
      levels,
    ] + architecture.namedArrays("last", of: last)
      + architecture.namedArrays("average", of: average)
  }

  /// Time, alpha and sigma of every time of the sampler's grid, from noise to data.
  private var levels: NamedArray {
    let (process, sampler) = (configuration.process.make(), configuration.sampler)
    let times = sampler.makeGrid().times(stepCount: sampler.steps, process: process)
    let rows = times.map { time in
      let level = process.level(at: time)
      return [time, level.alpha, level.sigma]
    }
    return NamedArray("levels", shape: [times.count, 3], .float64(rows.flatMap { $0 }))
  }

  private func metadata(origin: String) -> [String: String] {
    let process = configuration.process.make()
    var texts = [
      "format": Self.format, "origin": origin, "step": "\(step)",
      "dimension": "\(frame.offset.count)", "coordinates": CSVText.line(frame.names),
      "configuration": configuration.yaml, "horizon": "\(process.horizon)",
      "stop": "\(process.stop)",
      "prior_deviation": "\(process.priorDeviation)",
    ]
    if !classNames.isEmpty { texts["classes"] = CSVText.line(classNames) }
    for leaf in configuration.leaves {
      let section = leaf.path.prefix { $0 != "." }
      if ["network", "objective", "process"].contains(section) {
        texts[leaf.path] = leaf.value.text
      }
    }
    return texts
  }
}

extension WeightsFile {
  /// Reads a file of weights, in the layout that ``write(to:origin:)`` has.
  ///
  /// - Parameter path: The file.
  /// - Returns: Weights that fit their configuration, every one finite.
  /// - Throws: ``DataFileError`` naming what is missing or does not fit.
  public static func read(_ path: String) throws(DataFileError) -> WeightsFile {
    try WeightsFile(try SafetensorsFile.read(path), file: path)
  }

  /// Checks what a file holds.
  init(_ contents: SafetensorsFile, file: String) throws(DataFileError) {
    let reader = Reader(contents: contents, file: file)
    guard contents.metadata["format"] == Self.format else {
      let found = contents.metadata["format"].map { "format \"\(SafeText.sanitized($0))\"" }
      throw reader.failure(
        "\(found ?? "no format in its metadata"); expected \"\(Self.format)\", the weights that "
          + "scorefield writes")
    }
    configuration = try reader.configuration()
    step = try reader.integer("step", in: 0...Int.max)
    let dimension = try reader.integer("dimension", in: 1...Self.largestDimension)
    classNames =
      configuration.network.condition == .label ? try reader.names(of: "classes", count: nil) : []
    architecture = configuration.network.architecture(
      dimension: dimension, conditionCount: classNames.count)
    let networks = configuration.objective.make().levels.networks
    last = try reader.parameters("last", of: architecture, networks: networks)
    average = try reader.parameters("average", of: architecture, networks: networks)
    frame = CoordinateFrame(
      names: try reader.names(of: "coordinates", count: dimension),
      offset: try reader.numbers("coordinates.offset", count: dimension),
      scale: try reader.numbers("coordinates.scale", count: dimension))
    guard frame.scale.allSatisfy({ $0 > 0 }) else {
      throw reader.failure("array \"coordinates.scale\": expected positive numbers")
    }
  }

  /// Takes the parts of the file one by one.
  private struct Reader {
    let contents: SafetensorsFile
    let file: String

    func failure(_ message: String) -> DataFileError { DataFileError(file: file, message: message) }

    private func text(_ key: String) throws(DataFileError) -> String {
      guard let text = contents.metadata[key] else {
        throw failure("no \"\(key)\" in its metadata")
      }
      return text
    }

    func configuration() throws(DataFileError) -> RunConfiguration {
      let text = try text("configuration")
      do throws(ConfigurationError) {
        return try RunConfiguration.parse(text: text, file: file)
      } catch {
        let place = error.path.isEmpty ? "" : "\(error.path): "
        throw failure("configuration: \(place)\(error.message)")
      }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(DataFileError) -> Int {
      let text = try text(key)
      guard let number = Int(text), range.contains(number) else {
        throw failure("\(key): expected a whole number, found \"\(SafeText.sanitized(text))\"")
      }
      return number
    }

    /// The names of a text; nil for as many as there are, if no more than classes may be.
    func names(of key: String, count: Int?) throws(DataFileError) -> [String] {
      let rows = try CSVText.rows(try text(key), file: file)
      guard rows.count == 1,
        count.map({ rows[0].count == $0 }) ?? (rows[0].count <= PointLabels.classLimit)
      else { throw failure("\(key): expected \(count.map { "\($0)" } ?? "a line of") names") }
      return rows[0].map { SafeText.sanitized($0, limit: 200) }
    }

    private func array(_ name: String, shape: [Int]) throws(DataFileError) -> NamedArray {
      guard let array = contents[name] else { throw failure("there is no array \"\(name)\"") }
      guard array.shape == shape else {
        throw failure("array \"\(name)\": shape \(array.shape); expected \(shape)")
      }
      return array
    }

    func numbers(_ name: String, count: Int) throws(DataFileError) -> [Double] {
      guard case .float64(let values) = try array(name, shape: [count]).elements,
        values.allSatisfy(\.isFinite)
      else { throw failure("array \"\(name)\": expected finite numbers of type F64") }
      return values
    }

    /// The flat buffers of all networks from the arrays of their segments.
    func parameters(
      _ name: String, of architecture: any Architecture, networks: Int
    ) throws(DataFileError) -> [Float] {
      let size = architecture.parameterCount
      let bank = networks > 1 ? [networks] : []
      var segments: [(ParameterSegment, [Float])] = []
      for segment in architecture.segments {
        let full = "\(name).\(segment.name)"
        guard case .float32(let values) = try array(full, shape: bank + segment.shape).elements,
          values.allSatisfy(\.isFinite)
        else { throw failure("array \"\(full)\": expected finite numbers of type F32") }
        segments.append((segment, values))
      }
      var parameters = [Float](repeating: 0, count: networks * size)
      for (segment, values) in segments {
        for network in 0..<networks {
          let start = network * size + segment.offset
          let first = network * segment.count
          parameters.replaceSubrange(
            start..<start + segment.count, with: values[first..<first + segment.count])
        }
      }
      return parameters
    }
  }
}
