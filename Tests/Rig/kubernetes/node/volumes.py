"""Volume claims: what a scheduler and the provisioners of cinder and NFS do. The volume controller does the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

from node.api import API, MERGE
from node.scripts import Scripts

PROVISIONERS = ("cinder.csi.openstack.org", "nfs.csi.k8s.io", "manila.csi.openstack.org")
PROVISIONED_BY = "pv.kubernetes.io/provisioned-by"
SELECTED_NODE = "volume.kubernetes.io/selected-node"
ASKED_OF = "volume.beta.kubernetes.io/storage-provisioner"
CLASSES = (
    ("rig-rwo", "cinder.csi.openstack.org", "WaitForFirstConsumer"),
    ("rig-rwx", "nfs.csi.k8s.io", "Immediate"),
)


@dataclass
class Claims:
    """Whether the claims of a pod let it be scheduled."""

    pending: bool = False
    refusal: Optional[str] = None


@dataclass
class Volumes:
    """All claims of the cluster."""

    api: API
    node: str
    scripts: Scripts
    _claims: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _classes: dict[str, dict[str, Any]] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def create_classes(self) -> None:
        """rig-rwo (cinder, ReadWriteOnce, waits for its consumer) and rig-rwx (NFS)."""
        for name, provisioner, mode in CLASSES:
            self.api.try_call((409,), "POST", "/apis/storage.k8s.io/v1/storageclasses", {
                "metadata": {"name": name}, "provisioner": provisioner, "volumeBindingMode": mode,
                "reclaimPolicy": "Delete",
            })

    def step(self) -> None:
        """Provisions what is asked for, and removes released volumes."""
        classes = self.api.items("/apis/storage.k8s.io/v1/storageclasses")
        self._classes = {each["metadata"]["name"]: each for each in classes}
        claims = self.api.items("/api/v1/persistentvolumeclaims")
        self._claims = {(each["metadata"]["namespace"], each["metadata"]["name"]): each for each in claims}
        for claim in claims:
            claim["kind"] = "PersistentVolumeClaim"
            self._provision(claim)
        for volume in self.api.items("/api/v1/persistentvolumes"):
            ours = volume["metadata"].get("annotations", {}).get(PROVISIONED_BY) in PROVISIONERS
            if ours and volume["status"].get("phase") == "Released" and not volume["metadata"].get("deletionTimestamp"):
                self.api.try_call((404,), "DELETE", f"/api/v1/persistentvolumes/{volume['metadata']['name']}")

    def of_pod(self, pod: dict[str, Any]) -> Claims:
        """Looks at the claims of a pod, and selects the node for those that wait for their first consumer."""
        namespace = pod["metadata"]["namespace"]
        names = [
            volume["persistentVolumeClaim"]["claimName"]
            for volume in pod["spec"].get("volumes", []) if "persistentVolumeClaim" in volume
        ]
        result = Claims()
        for name in names:
            claim = self._claims.get((namespace, name))
            if claim is None:
                return Claims(refusal=f'persistentvolumeclaim "{name}" not found')
            if claim["status"].get("phase") == "Bound":
                continue
            if self._waits(claim):
                self._select(claim)
                result.pending = True
            else:
                text = "0/1 nodes are available: 1 pod has unbound immediate PersistentVolumeClaims."
                return Claims(refusal=text)
        return result

    def _class(self, claim: dict[str, Any]) -> dict[str, Any]:
        return self._classes.get(claim["spec"].get("storageClassName") or "", {})

    def _waits(self, claim: dict[str, Any]) -> bool:
        return self._class(claim).get("volumeBindingMode") == "WaitForFirstConsumer"

    def _select(self, claim: dict[str, Any]) -> None:
        metadata = claim["metadata"]
        if metadata.get("annotations", {}).get(SELECTED_NODE) != self.node:
            path = f"/api/v1/namespaces/{metadata['namespace']}/persistentvolumeclaims/{metadata['name']}"
            self.api.try_call((404,), "PATCH", path, {"metadata": {"annotations": {SELECTED_NODE: self.node}}}, MERGE)

    def _provision(self, claim: dict[str, Any]) -> None:
        metadata = claim["metadata"]
        annotations = metadata.get("annotations", {})
        provisioner = self._class(claim).get("provisioner")
        unbound = claim["status"].get("phase") == "Pending" and not claim["spec"].get("volumeName")
        asked = provisioner in PROVISIONERS and annotations.get(ASKED_OF) == provisioner
        if not unbound or not asked or metadata.get("deletionTimestamp"):
            return
        if self._waits(claim) and SELECTED_NODE not in annotations:
            return
        script = self.scripts.claim(metadata["namespace"], metadata["name"])
        if script.kind == "provisioning-fails":
            text = script.text or "rpc error: code = Internal desc = Volume quota exceeded"
            self._tell(provisioner, claim, ("Warning", "ProvisioningFailed", f"failed to provision volume: {text}"))
            return
        self._create(claim, provisioner)

    def _create(self, claim: dict[str, Any], provisioner: str) -> None:
        metadata = claim["metadata"]
        name = f"pvc-{metadata['uid']}"
        created = self.api.try_call((409,), "POST", "/api/v1/persistentvolumes", {
            "metadata": {"name": name, "annotations": {PROVISIONED_BY: provisioner}},
            "spec": {
                "capacity": {"storage": claim["spec"]["resources"]["requests"]["storage"]},
                "accessModes": claim["spec"]["accessModes"],
                "storageClassName": claim["spec"]["storageClassName"],
                "persistentVolumeReclaimPolicy": "Delete",
                "csi": {"driver": provisioner, "volumeHandle": name},
                "claimRef": {
                    "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": metadata["name"],
                    "namespace": metadata["namespace"], "uid": metadata["uid"],
                },
            },
        })
        if created:
            text = f"Successfully provisioned volume {name}"
            self._tell(provisioner, claim, ("Normal", "ProvisioningSucceeded", text))

    def _tell(self, source: str, claim: dict[str, Any], event: tuple[str, str, str]) -> None:
        key = (claim["metadata"]["uid"], event[2])
        if key not in self._told:
            self._told.add(key)
            self.api.event(f"{source}_provisioner", claim, *event)
