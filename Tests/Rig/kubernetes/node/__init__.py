"""The parts of the kubelet stand-in; kubelet.py puts them together."""
