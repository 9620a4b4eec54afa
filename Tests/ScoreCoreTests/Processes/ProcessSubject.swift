import ScoreCore
import Testing

/// A process under the contract: every member of the catalog as it stands, and unusual settings.
struct ProcessSubject: Sendable, CustomTestStringConvertible {
  var name: String
  var process: any ForwardProcess

  var testDescription: String { name }

  static func all() throws -> [ProcessSubject] {
    try ProcessCatalog.all.map { ProcessSubject(name: $0.name, process: try $0.make()) } + unusual
  }

  static let unusual = [
    ProcessSubject(name: "long", process: OrnsteinUhlenbeck(horizon: 20, stop: 1e-6)),
    ProcessSubject(name: "short", process: OrnsteinUhlenbeck(horizon: 0.5, stop: 0.4)),
    ProcessSubject(
      name: "few discrete steps",
      process: VariancePreserving(betaMinimum: 0.005, betaMaximum: 1, stop: 1e-5)),
    ProcessSubject(
      name: "constant rate", process: SubVariancePreserving(betaMinimum: 4, betaMaximum: 4)),
    ProcessSubject(name: "no offset", process: CosineProcess(offset: 0, horizon: 0.9999)),
    ProcessSubject(name: "flow from little noise", process: FlowProcess(stop: 1e-6)),
    ProcessSubject(
      name: "narrow", process: ElucidatedProcess(sigmaMinimum: 0.999, sigmaMaximum: 1)),
    ProcessSubject(
      name: "wide", process: VarianceExploding(sigmaMinimum: 1e-4, sigmaMaximum: 1000, stop: 0.5)),
  ]
}

/// Every choice of default, lowest and highest value for the parameters of a catalog member.
enum ParameterCorners {
  static func of(_ parameters: [ParameterDescription]) -> [[String: ParameterValue]] {
    parameters.reduce([[:]]) { corners, parameter in
      let values: [ParameterValue]
      switch parameter.kind {
      case .number(let standard, let range):
        values = [standard, range.lowerBound, range.upperBound].map { .number($0) }
      case .integer(let standard, let range, _):
        values = [standard, range.lowerBound, range.upperBound].map { .number(Double($0)) }
      case .choice(_, let names): values = names.map { .text($0) }
      case .flag: values = [.flag(true), .flag(false)]
      case .text, .structured, .seed, .integers, .size, .map: return corners
      }
      return corners.flatMap { corner in
        values.map { corner.merging([parameter.name: $0]) { $1 } }
      }
    }
  }
}
