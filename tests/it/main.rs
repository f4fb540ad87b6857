//! Tests of the whole program: real databases, real servers, real pages. One binary, so that it is linked once.

mod forget;
mod houses;
mod needs;
mod postgres;
mod store;
mod talks;
mod talks_terminal;
mod visitor;
mod web;
