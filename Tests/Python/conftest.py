"""Fixtures for the tests of the scripts that go into solution.zip."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import Callable, Iterator

import pytest

HERE = Path(__file__).resolve().parent
BUNDLE = HERE.parents[1] / "Sources" / "DeploymentKit" / "Sources" / "Packaging" / "Bundle"
sys.dont_write_bytecode = True
# A shell that runs the tests in the background has SIGINT ignored, and processes inherit that; a handler does not pass on.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Tests start processes while gRPC is in use; its fork handlers would disturb them.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"
sys.path[:0] = [str(HERE), str(BUNDLE / "orchestrator_client")]

import creodias  # noqa: E402
import deployments_api  # noqa: E402
import fake_playground  # noqa: E402
import fault_proxy  # noqa: E402
import fixture_target  # noqa: E402
import folders  # noqa: E402
import host as hosts  # noqa: E402
import kubeconfigs  # noqa: E402
import live_cluster as live  # noqa: E402
import magnum_host  # noqa: E402
import openstack_rig  # noqa: E402
import real_node as real  # noqa: E402
import rig  # noqa: E402
import trap as traps  # noqa: E402


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    """A folder with an unpacked pipeline."""
    return folders.write_pipeline(tmp_path / "solution")


@pytest.fixture
def single_model(tmp_path: Path) -> Path:
    """A folder with an unpacked single model."""
    return folders.write_single_model(tmp_path / "solution")


@pytest.fixture
def start_stand_in(tmp_path: Path) -> Iterator[Callable[..., rig.StandIn]]:
    """Starts stand-ins for the orchestrator; they end with the test."""
    started: list[rig.StandIn] = []

    def start(*arguments: str) -> rig.StandIn:
        started.append(rig.StandIn(tmp_path / f"stand-in-{len(started)}.log", *arguments))
        return started[-1]

    yield start
    for stand_in in started:
        stand_in.stop()


@pytest.fixture
def start_recording_server() -> Iterator[Callable[..., rig.RecordingServer]]:
    """Starts servers that record calls; they end with the test."""
    started: list[rig.RecordingServer] = []

    def start(**replies: object) -> rig.RecordingServer:
        started.append(rig.RecordingServer(**replies))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def skip_unless_wanted() -> None:
    """Leaves out what needs a cluster, where the environment asks for that."""
    if os.environ.get("GRAPHENE_DEPLOYER_SKIP_KUBERNETES") == "1":
        pytest.skip("GRAPHENE_DEPLOYER_SKIP_KUBERNETES=1: no cluster is started")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rig.Cluster]:
    """A real kube-apiserver, once for all tests; each test takes a namespace of its own."""
    skip_unless_wanted()
    cluster = rig.Cluster(tmp_path_factory.mktemp("kubernetes"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def live_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.LiveCluster]:
    """A cluster with a stand-in for a kubelet, once for all tests."""
    skip_unless_wanted()
    cluster = live.LiveCluster(tmp_path_factory.mktemp("live-cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture
def place(live_cluster: live.LiveCluster) -> Iterator[live.Place]:
    """The name of a namespace that does not exist yet, and what may be in it."""
    with live_cluster.place() as place:
        yield place


@pytest.fixture(scope="session")
def real_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.RealNode]:
    """A cluster with a real node, once for all tests."""
    skip_unless_wanted()
    node = real.RealNode(tmp_path_factory.mktemp("real-node"))
    yield node
    node.stop()


@pytest.fixture
def real_place(real_node: real.RealNode) -> Iterator[real.RealPlace]:
    """The name of a namespace that does not exist yet, where pods are real."""
    with real_node.place() as place:
        yield place


@pytest.fixture
def real_deployer(tmp_path: Path, real_node: real.RealNode) -> creodias.Deployer:
    """The executable, in the network of the node."""
    return creodias.Deployer(tmp_path, enter=real_node.enter)


@pytest.fixture(scope="session")
def configs(live_cluster: live.LiveCluster, tmp_path_factory: pytest.TempPathFactory) -> kubeconfigs.Kubeconfigs:
    """Makes kubeconfigs for the live cluster."""
    return kubeconfigs.Kubeconfigs(live_cluster.state, tmp_path_factory.mktemp("kubeconfigs"), live_cluster)


@pytest.fixture(scope="session")
def admin(configs: kubeconfigs.Kubeconfigs) -> Path:
    """The administrator's kubeconfig for the live cluster."""
    return configs.admin()


@pytest.fixture
def proxy(live_cluster: live.LiveCluster) -> Iterator[fault_proxy.FaultProxy]:
    """Stands before the API server of the live cluster."""
    proxy = fault_proxy.FaultProxy(live_cluster.state)
    yield proxy
    proxy.stop()


@pytest.fixture
def proxied(configs: kubeconfigs.Kubeconfigs, proxy: fault_proxy.FaultProxy) -> Path:
    """An administrator's kubeconfig whose way leads through the proxy."""
    return configs.bearer(proxy.url)


@pytest.fixture(scope="session")
def openstack(
    live_cluster: live.LiveCluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[openstack_rig.OpenStack]:
    """Keystone and Magnum, once for all tests; Magnum's cluster `kube-ok` is the live cluster."""
    for name in [name for name in os.environ if name.startswith("OS_")]:
        del os.environ[name]
    openstack = openstack_rig.OpenStack(tmp_path_factory.mktemp("openstack"), live_cluster.state)
    yield openstack
    openstack.stop()


@pytest.fixture
def openstack_proxy(openstack: openstack_rig.OpenStack) -> Iterator[openstack_rig.OpenStackProxy]:
    """Stands before Keystone and Magnum."""
    proxy = openstack_rig.OpenStackProxy(openstack)
    yield proxy
    proxy.stop()


@pytest.fixture
def cloud_host(
    tmp_path: Path, openstack: openstack_rig.OpenStack, openstack_proxy: openstack_rig.OpenStackProxy
) -> Iterator[magnum_host.StartHost]:
    """Starts hosts over one state folder that know clouds, by default one with alice's credential. Keywords are other
    settings of the target."""
    started: list[hosts.Host] = []

    def start(*clouds: dict[str, object], **settings: object) -> hosts.Host:
        entries = clouds or (magnum_host.cloud(openstack, openstack_proxy),)
        started.append(magnum_host.start_cloud_host(tmp_path / "host", entries, **settings))
        return started[-1]

    yield start
    for host in started:
        host.kill()


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[traps.Trap]:
    """What a hostile kubeconfig could point to."""
    folder = tmp_path / "trap"
    folder.mkdir()
    trap = traps.Trap(folder)
    yield trap
    trap.close()


@pytest.fixture
def deployer(tmp_path: Path) -> creodias.Deployer:
    """The executable, with the creodias target and the samples."""
    return creodias.Deployer(tmp_path)


@pytest.fixture
def fixture_host(tmp_path: Path) -> Iterator[fixture_target.StartHost]:
    """Starts hosts with the fixture target, with this section `deployments` of the configuration. They have one state
    folder, and end with the test."""
    started: list[hosts.Host] = []

    def start(**deployments: int) -> hosts.Host:
        started.append(fixture_target.start_host(tmp_path, **deployments))
        return started[-1]

    yield start
    for host in started:
        host.kill()


@pytest.fixture
def playground() -> Iterator[fake_playground.FakePlayground]:
    """A stand-in for the playground."""
    playground = fake_playground.FakePlayground()
    yield playground
    playground.close()


@pytest.fixture
def namespace() -> str:
    """The name of a namespace that does not exist."""
    return rig.unused_namespace()


@pytest.fixture(scope="session")
def script() -> ModuleType:
    """kubernetes-client-script.py as a module."""
    spec = importlib.util.spec_from_file_location("kubernetes_client_script", BUNDLE / "kubernetes-client-script.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def api() -> Iterator[deployments_api.DeploymentsAPI]:
    """A stand-in for the API of deployments."""
    api = deployments_api.DeploymentsAPI()
    yield api
    api.stop()
