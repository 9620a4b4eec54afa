// Times kernels and full-batch descent at the sizes of Han, Razaviyayn and Xu 2024 (arXiv:2401.15604).
//
//     swift run -c release --package-path Benchmarks/kernels
//
// Each row is repeated; the times are of the repeats, in seconds.
import ScoreCore
import ScoreTheory

func seconds(_ body: () -> Void) -> Double {
  ContinuousClock().measure(body) / .seconds(1)
}

func report(_ what: String, _ times: [Double]) {
  let sorted = times.sorted()
  let middle = sorted[sorted.count / 2]
  print("\(what): median \(middle), lowest \(sorted[0]), highest \(sorted[sorted.count - 1])")
}

var stream = RandomStream(seed: 1, purpose: .initialization)
let inputs = stream.normals(count: 4000, dimension: 2)
var gram: [Double] = []
report(
  "Gram matrix, n = 4,000", (0..<5).map { _ in seconds { gram = ReLUTangentKernel.gram(inputs) } })
report(
  "its eigenvalues",
  (0..<5).map { _ in seconds { _ = KernelDescent.eigenvalues(gram: gram, count: 4000) } })

let steps = 500
for outputs in [1, 2, 8] {
  let rows = stream.normals(count: 1000, dimension: outputs + 1)
  let targets = stream.normals(count: 1000, dimension: outputs)
  let network = TwoLayerNetwork(
    width: 4096, inputCount: outputs + 1, outputCount: outputs, using: &stream)
  var descent = TwoLayerDescent(network, inputs: rows, targets: targets, rate: 0.1)
  report(
    "\(steps) full-batch steps, n = 1,000, width 4,096, d = \(outputs)",
    (0..<3).map { _ in seconds { for _ in 0..<steps { descent.advance() } } })
}
